import { create, type DescMessage, type Message, toBinary } from '@bufbuild/protobuf'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { type MessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import { describe, expect, it } from 'vitest'
import { getAccount } from '../modules/auth/view.ts'
import { listBalances } from '../modules/bank/view.ts'
import type { StoreSet } from '../store/multiStore.ts'
import type { CheckResult } from './application.ts'
import { deliverTx } from './deliverTx.ts'
import { beginBlockHooks, endBlockHooks } from './order.ts'
import { checkInvariants } from './testing/checkInvariants.ts'
import { mutate } from './testing/mutateMessage.ts'
import { ALLO, openTestTopic, predict } from './testing/openTestTopic.ts'
import { signRaw } from './testing/signRaw.ts'
import { CHAIN_ID, testActor } from './testing/testChain.ts'
import { messages } from './testing/testMessages.ts'
import { validMessages } from './testing/validMessages.ts'

const topic = openTestTopic({ admins: [testActor('creator')] })
const { creator: alice, reputers, workers, first } = topic
const { application, stores } = topic.chain
const [bob = alice] = reputers

predict(topic, first, ['20', '21', '30'])
topic.mustBlock(
  [alice, messages.createTopic(alice), messages.register(alice, 1n), messages.register(alice, 1n, true)],
  [alice, messages.addStake(alice, 1n, ALLO), messages.delegate(alice, 1n, bob, ALLO)],
  [alice, messages.removeStake(alice, 1n, 5n), messages.removeDelegation(alice, 1n, bob, 5n)],
)
topic.mineTo(first + 5n)

const height = topic.height() + 1n
const account = getAccount(stores, alice.address)
const place = { accountNumber: account?.accountNumber ?? 0n, sequence: account?.sequence ?? 0n }
const before = balancesOf(stores)
const valid = validMessages(stores, { sender: alice, reputer: bob, workers, nonce: first + 5n, told: first })

function balancesOf(state: StoreSet): ReadonlyMap<string, bigint> {
  return new Map([...listBalances(state)].map(({ address, amount }) => [address, amount]))
}

/** The next blocks without transactions, until every epoch that is open now is settled. */
function goOn(state: StoreSet): void {
  for (let next = height; next <= height + 15n; next++) {
    const context = { state, chainId: CHAIN_ID, height: next, emit: () => {} }
    if (next > height) for (const hook of beginBlockHooks) hook(context)
    for (const hook of endBlockHooks) hook(context)
    checkInvariants(state)
  }
}

/** A refusal names itself, and took the fee at most. */
function checkRefusal(result: CheckResult, state: StoreSet, what: string): void {
  const { codespace, code, log } = result
  expect(codespace, what).toMatch(/^(sdk|bank|emissions|mint|topics)$/)
  expect(code, what).toBeGreaterThan(1)
  expect(log, what).toMatch(/^.{12,1000}$/su)
  expect(log, what).not.toMatch(/\n\s+at |undefined|\[object|Error:|node:internal/)
  const after = balancesOf(state)
  const paid = (before.get(alice.address) ?? 0n) - (after.get(alice.address) ?? 0n)
  expect([0n, 50_000_000n], what).toContain(paid)
  for (const [address, amount] of before) {
    const gained = address === alice.address ? -paid : address === moduleAddresses.fee_collector ? paid : 0n
    expect(after.get(address), `${what}: ${address}`).toBe(amount + gained)
  }
}

/** Delivers one transaction on a layer of its own. */
function deliver(typeUrl: string, value: Uint8Array, what: string): 'done' | 'refused' {
  const tx = signRaw(alice, { typeUrl, value }, place)
  const fork = stores.fork()
  const result = deliverTx({ stores: fork, chainId: CHAIN_ID, height }, tx)
  if (result.code === 0) {
    goOn(fork)
    fork.discard()
    return 'done'
  }
  checkRefusal(result, fork, what)
  checkInvariants(fork)
  fork.discard()
  expect(application.checkTx(tx, 'new'), what).toMatchObject({ code: result.code, log: result.log })
  return 'refused'
}

describe('issue §3: every field of every message, hostile', () => {
  const rows = Object.entries(messageSchemas) as [MessageUrl, DescMessage][]

  it.each(rows)('%s is refused with a sentence or handled, and the chain goes on', (typeUrl, schema) => {
    const message: Message = create(schema, valid[typeUrl])
    const counts = { done: 0, refused: 0 }
    for (const { what, bytes } of mutate(schema, message)) counts[deliver(typeUrl, bytes, `${typeUrl} ${what}`)]++
    expect(counts.refused).toBeGreaterThan(10)
  })

  it.each(rows)('%s as it should be is done', (typeUrl, schema) => {
    const message: Message = create(schema, valid[typeUrl])
    expect(deliver(typeUrl, toBinary(schema, message), typeUrl)).toBe(
      typeUrl === '/emissions.v10.CreateNewTopicRequest' ? 'refused' : 'done',
    )
  })

  it('the chain of the test went on untouched', () => {
    topic.mineTo(height + 20n)
    expect(balancesOf(stores).size).toBeGreaterThan(5)
  })
})
