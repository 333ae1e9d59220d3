import { create, type DescMessage, toBinary } from '@bufbuild/protobuf'
import { toHex } from '@starling/protocol/bytes/hex'
import { type MessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import { describe, expect, it } from 'vitest'
import type { StoreSet, StoreSetFork } from '../store/multiStore.ts'
import type { Store, StoreFork } from '../store/store.ts'
import { deliverTx } from './deliverTx.ts'
import { endBlockHooks } from './order.ts'
import { checkInvariants } from './testing/checkInvariants.ts'
import { openBusyTopic } from './testing/openBusyTopic.ts'
import { signRaw } from './testing/signRaw.ts'
import { CHAIN_ID } from './testing/testChain.ts'

const { topic, alice, height, place, valid } = openBusyTopic()
const { stores } = topic.chain

class DiskFault extends Error {}
type Countdown = { left: number }

function faultyStore(store: Store, countdown: Countdown): Store {
  const tick = (): void => {
    countdown.left -= 1
    if (countdown.left < 0) throw new DiskFault('the disk does not answer')
  }
  const fork = (): StoreFork => {
    const inner = store.fork()
    return { ...faultyStore(inner, countdown), apply: () => inner.apply(), discard: () => inner.discard() }
  }
  return {
    get: (key) => store.get(key),
    scan: (prefix, options) => store.scan(prefix, options),
    put(key, value) {
      tick()
      store.put(key, value)
    },
    delete(key) {
      tick()
      store.delete(key)
    },
    fork,
  }
}

/** Stores whose write number `left` + 1 fails, on whichever layer it happens. */
function faulty(set: StoreSet, countdown: Countdown): StoreSet {
  return {
    store: (name) => faultyStore(set.store(name), countdown),
    fork(): StoreSetFork {
      const inner = set.fork()
      return { ...faulty(inner, countdown), apply: () => inner.apply(), discard: () => inner.discard() }
    },
  }
}

const names = [
  'bank',
  'auth',
  'topics',
  'actors',
  'stake',
  'epochs',
  'synthesis',
  'rewards',
  'payments',
  'mint',
  'params',
]
const everything = (set: StoreSet): string =>
  names
    .flatMap((name) => [...set.store(name).scan(new Uint8Array())].map(([k, v]) => `${name} ${toHex(k)} ${toHex(v)}`))
    .join('\n')

/** Runs a step with the fault after 0, 1, 2, … writes until it is done without one; the number of writes it has. */
function faultAtEveryWrite(step: (set: StoreSet) => void, after: (set: StoreSet) => void): number {
  for (let writes = 0; ; writes++) {
    const fork = stores.fork()
    try {
      step(faulty(fork, { left: writes }))
      after(fork)
      return writes
    } catch (error) {
      // A fault of the disk is nobody's refusal: it must come out, so that the node halts before it commits.
      if (!(error instanceof DiskFault)) throw error
      after(fork)
    } finally {
      fork.discard()
    }
  }
}

describe('AUD-H4 AUD-H7 AUD-M2 AUD-M18 a write that fails, each in turn,', () => {
  const rows = Object.keys(messageSchemas) as MessageUrl[]
  const before = everything(stores)

  it.each(rows)('of %s is never swallowed, and leaves nothing of the transaction', (typeUrl) => {
    const schema: DescMessage = messageSchemas[typeUrl]
    const tx = signRaw(alice, { typeUrl, value: toBinary(schema, create(schema, valid[typeUrl])) }, place)
    let delivered = false
    const writes = faultAtEveryWrite(
      (set) => {
        delivered = false
        const { code, log } = deliverTx({ stores: set, chainId: CHAIN_ID, height }, tx)
        delivered = code === 0 || typeUrl === '/emissions.v10.CreateNewTopicRequest'
        if (!delivered) throw new Error(`a fault became a refusal: ${log}`)
      },
      (set) => {
        checkInvariants(set)
        // The ante's own layer may be kept already: a fee and a sequence, as in a transaction that fails.
        if (!delivered) {
          const changed = everything(set)
            .split('\n')
            .filter((line) => !before.includes(line))
          expect(changed.filter((line) => !/^(bank|auth) /.test(line))).toEqual([])
        }
      },
    )
    expect(writes).toBeGreaterThan(2)
  })

  it('of the hooks at the end of a block is never swallowed', () => {
    const writes = faultAtEveryWrite(
      (state) => {
        for (let at = height; at < height + 6n; at++) {
          for (const hook of endBlockHooks) hook({ state, chainId: CHAIN_ID, height: at, emit: () => {} })
        }
      },
      () => {},
    )
    // An epoch is settled among these blocks.
    expect(writes).toBeGreaterThan(30)
    expect(everything(stores)).toBe(before)
  })
})
