import { create, type DescMessage, type Message, toBinary } from '@bufbuild/protobuf'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { type MessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import { describe, expect, it } from 'vitest'
import { listBalances } from '../modules/bank/view.ts'
import { getEpochCounts } from '../modules/rewards/view.ts'
import type { StoreSet } from '../store/multiStore.ts'
import type { CheckResult } from './application.ts'
import { deliverTx } from './deliverTx.ts'
import { beginBlockHooks, endBlockHooks } from './order.ts'
import { checkInvariants } from './testing/checkInvariants.ts'
import { mutate } from './testing/mutateMessage.ts'
import { openBusyTopic } from './testing/openBusyTopic.ts'
import { signRaw } from './testing/signRaw.ts'
import { CHAIN_ID } from './testing/testChain.ts'

const FEE = 50_000_000n
const { topic, alice, height, place, valid } = openBusyTopic()
const { application, stores } = topic.chain
const before = balancesOf(stores)

function balancesOf(state: StoreSet): ReadonlyMap<string, bigint> {
  return new Map([...listBalances(state)].map(({ address, amount }) => [address, amount]))
}

/** The next blocks without transactions, until every epoch that is open now is settled. */
function goOn(state: StoreSet): void {
  for (let next = height; next <= height + 10n; next++) {
    const context = { state, chainId: CHAIN_ID, height: next, emit: () => {} }
    if (next > height) for (const hook of beginBlockHooks) hook(context)
    for (const hook of endBlockHooks) hook(context)
    if (next % 4n === 0n) checkInvariants(state)
  }
}

/** What is wrong with a refusal: it must name itself, say a sentence, and have taken the fee at most. */
function faultsOf({ codespace, code, log }: CheckResult, state: StoreSet): readonly string[] {
  const after = balancesOf(state)
  const paid = (before.get(alice.address) ?? 0n) - (after.get(alice.address) ?? 0n)
  const moved = [...after].filter(([address, amount]) => {
    const gained = address === alice.address ? -paid : address === moduleAddresses.fee_collector ? paid : 0n
    return amount !== (before.get(address) ?? 0n) + gained
  })
  return [
    ...(/^(sdk|bank|emissions|mint|topics|payments)$/.test(codespace) ? [] : [`codespace "${codespace}"`]),
    ...(code > 1 ? [] : [`number ${code}`]),
    ...(/^[^\p{Cc}]{12,700}$/u.test(log) ? [] : [`sentence of ${log.length}: ${JSON.stringify(log.slice(0, 200))}`]),
    ...(/ at .*:[0-9]|undefined|\[object|Error:/.test(log) ? [`no sentence: ${log.slice(0, 200)}`] : []),
    ...(paid === 0n || paid === FEE ? [] : [`took ${paid}`]),
    ...(moved.length === 0 && after.size === before.size ? [] : [`moved coins of ${moved.join()}`]),
  ]
}

/** Delivers one transaction on a layer of its own, in CheckTx too, and lets the chain go on from there. */
function deliver(typeUrl: string, value: Uint8Array): { readonly done: boolean; readonly faults: readonly string[] } {
  const tx = signRaw(alice, { typeUrl, value }, place)
  const fork = stores.fork()
  try {
    const result = deliverTx({ stores: fork, chainId: CHAIN_ID, height }, tx)
    if (result.code === 0) {
      goOn(fork)
      return { done: true, faults: [] }
    }
    checkInvariants(fork)
    const checked = application.checkTx(tx, 'new')
    const differs = checked.code === result.code && checked.log === result.log ? [] : [`CheckTx: ${checked.log}`]
    return { done: false, faults: [...faultsOf(result, fork), ...differs] }
  } catch (error) {
    return { done: false, faults: [`an exception: ${error instanceof Error ? error.message : String(error)}`] }
  } finally {
    fork.discard()
  }
}

describe('AUD-H3 AUD-H14 every field of every message, hostile', () => {
  const rows = Object.entries(messageSchemas) as [MessageUrl, DescMessage][]

  it.each(rows)('%s is refused with a sentence or handled, and the chain goes on', (typeUrl, schema) => {
    const message: Message = create(schema, valid[typeUrl])
    const delivered = [...mutate(schema, message)].map(({ what, bytes }) => ({ what, ...deliver(typeUrl, bytes) }))
    expect(delivered.flatMap(({ what, faults }) => faults.map((fault) => `${what}: ${fault}`))).toEqual([])
    expect(delivered.filter(({ done }) => !done).length).toBeGreaterThan(delivered.length / 3)
  })

  it.each(rows)('%s as it should be is done', (typeUrl, schema) => {
    const { done, faults } = deliver(typeUrl, toBinary(schema, create(schema, valid[typeUrl])))
    expect(faults).toEqual([])
    expect(done).toBe(typeUrl !== '/emissions.v10.CreateNewTopicRequest')
  })

  it('the chain of the test goes on untouched', () => {
    topic.mineTo(height + 20n)
    expect(getEpochCounts(stores, 1n).contested).toBe(1n)
  })
})
