import { create, type DescMessage, toBinary } from '@bufbuild/protobuf'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { type MessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getAccount } from '../modules/auth/view.ts'
import { deliverTx } from './deliverTx.ts'
import { checkInvariants } from './testing/checkInvariants.ts'
import { openTestTopic } from './testing/openTestTopic.ts'
import { signRaw } from './testing/signRaw.ts'
import { CHAIN_ID } from './testing/testChain.ts'
import { validMessages } from './testing/validMessages.ts'

const topic = openTestTopic()
const { stores } = topic.chain
const { creator: sender, reputers, workers, first } = topic
const [reputer = sender] = reputers
const valid = validMessages(stores, { sender, reputer, workers, nonce: first, told: first })
const account = getAccount(stores, sender.address)
const place = { accountNumber: account?.accountNumber ?? 0n, sequence: account?.sequence ?? 0n }

/** Delivers bytes on a layer of its own; the code of the result. */
function deliver(tx: Uint8Array): number {
  const fork = stores.fork()
  const { code, codespace, log } = deliverTx({ stores: fork, chainId: CHAIN_ID, height: topic.height() + 1n }, tx)
  if (code !== 0) {
    expect(codespace).not.toBe('')
    expect(log.length).toBeGreaterThan(10)
  }
  checkInvariants(fork)
  fork.discard()
  return code
}

const urls = Object.keys(messageSchemas) as MessageUrl[]

function signed(typeUrl: MessageUrl): Uint8Array {
  const schema: DescMessage = messageSchemas[typeUrl]
  return signRaw(sender, { typeUrl, value: toBinary(schema, create(schema, valid[typeUrl])) }, place)
}

describe('bytes that come as a transaction', () => {
  const good = new Map(urls.map((typeUrl) => [typeUrl, signed(typeUrl)]))

  it('and are a good one with some bytes changed, cut or doubled are refused, and never run', () => {
    const spoilt = fc.record({
      typeUrl: fc.constantFrom(...urls),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      how: fc.constantFrom('flip', 'cut', 'double', 'drop'),
      bit: fc.nat(7),
    })
    fc.assert(
      fc.property(spoilt, ({ typeUrl, at, how, bit }) => {
        const tx = good.get(typeUrl) ?? new Uint8Array()
        const place = Math.min(tx.length - 1, Math.floor(at * tx.length))
        const [head, byte, tail] = [tx.subarray(0, place), tx.subarray(place, place + 1), tx.subarray(place + 1)]
        const flipped = byte.map((one) => one ^ (1 << bit))
        const variants = {
          flip: concatBytes(head, flipped, tail),
          cut: head,
          double: concatBytes(head, byte, byte, tail),
          drop: concatBytes(head, tail),
        }
        expect(deliver(variants[how])).toBeGreaterThan(1)
      }),
      { numRuns: 1500 },
    )
  })

  it('and are noise are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(deliver(bytes)).toBe(2)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['groups, opened a million times', new Uint8Array(1_000_000).fill(0x0b)],
    ['lengths that promise gigabytes', Uint8Array.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    ['a body that is all padding', new Uint8Array(1_000_000).fill(0x80)],
    ['nothing', new Uint8Array()],
  ])('and are %s are refused', (_name, bytes) => expect(deliver(bytes)).toBe(2))

  it('and are more than a block may carry are refused by their size', () => {
    const [message] = [
      {
        fromAddress: sender.address,
        toAddress: reputer.address,
        amount: [{ denom: 'x'.repeat(1_050_000), amount: '1' }],
      },
    ]
    const schema = messageSchemas['/cosmos.bank.v1beta1.MsgSend']
    const value = toBinary(schema, create(schema, message))
    expect(deliver(signRaw(sender, { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }, place))).toBe(21)
  })
})
