import type { EpochLosses, Truth } from '@starling/protocol/gen/starling/v1/query_pb'
import { parseDecimal } from '@starling/protocol/num/parseDecimal'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { refusal, type StarlingError } from '@starling/sdk/starlingError'
import type { ChainEvent } from '@starling/sdk/types'
import type { FakeTopic } from './topicViewOf.ts'

/** Fee of every transaction, in uallo. */
export const FAKE_FEE = 100n

/** A transaction of a fake chain. */
export type FakeTx = { readonly hash: string; readonly sender: string; readonly messages: readonly MessageToSend[] }

/** One epoch of a fake chain: predictions and truths by sender. */
export type FakeEpoch = {
  readonly nonce: bigint
  readonly values: Map<string, readonly number[]>
  readonly truths: Map<string, number | string>
}

/** What a fake chain knows. One topic, fees, registration, stake, windows; of the mathematics only |value − truth|. */
export type FakeState = {
  readonly topic: FakeTopic
  height: bigint
  readonly balances: Map<string, bigint>
  readonly registered: Map<string, 'worker' | 'reputer'>
  readonly stakes: Map<string, bigint>
  readonly epochs: Map<bigint, FakeEpoch>
  readonly truths: Truth[]
  readonly losses: EpochLosses[]
}

/** A chain before its first block. */
export function createFakeState(topic: FakeTopic): FakeState {
  return {
    topic,
    height: 0n,
    balances: new Map(),
    registered: new Map(),
    stakes: new Map(),
    epochs: new Map(),
    truths: [],
    losses: [],
  }
}

/** Why the next block would refuse the transaction; undefined if it would not. `queued`: what stands before it. */
export function refusalFor(state: FakeState, tx: FakeTx, queued: readonly FakeTx[]): StarlingError | undefined {
  const own = queued.filter((other) => other.sender === tx.sender)
  const has = (state.balances.get(tx.sender) ?? 0n) - BigInt(own.length) * FAKE_FEE
  if (has < FAKE_FEE) {
    const log = `spendable balance ${has}uallo is smaller than ${FAKE_FEE}uallo: insufficient funds`
    return refusal(log, { codespace: 'sdk', code: 5 })
  }
  for (const message of tx.messages) {
    const code = refusalCode(state, tx.sender, message)
    const twin = own.some((other) => other.messages.some((twin) => nonceOf(twin) === nonceOf(message)))
    if (code !== 0) return refusal(`refused with ${code}`, { codespace: 'emissions', code })
    if (nonceOf(message) !== undefined && twin)
      return refusal('already submitted', { codespace: 'emissions', code: 78 })
  }
  return undefined
}

function refusalCode(state: FakeState, sender: string, message: MessageToSend): number {
  const nonce = nonceOf(message)
  if (nonce === undefined) return 0
  const epoch = state.epochs.get(nonce)
  const { groundTruthLag, epochLength, workerWindow } = state.topic
  const next = state.height + 1n
  const isTruth = message.typeUrl === '/starling.v1.SubmitTruthRequest'
  if (state.registered.get(sender) !== (isTruth ? 'reputer' : 'worker')) return 10
  const first = nonce + 1n + (isTruth ? groundTruthLag : 0n)
  const last = nonce + (isTruth ? groundTruthLag + epochLength : workerWindow)
  if (epoch === undefined || next < first || next > last) return isTruth ? 68 : 67
  return (isTruth ? epoch.truths : epoch.values).has(sender) ? 78 : 0
}

function nonceOf(message: MessageToSend): bigint | undefined {
  if (message.typeUrl === '/starling.v1.SubmitTruthRequest') return message.value.nonce
  if (message.typeUrl !== '/emissions.v10.InsertWorkerPayloadRequest') return undefined
  return message.value.workerDataBundle?.nonce?.blockHeight
}

/** Makes the next block's state out of what passed `refusalFor`, and returns the block's events. */
export function advance(state: FakeState, txs: readonly FakeTx[]): ChainEvent[] {
  state.height += 1n
  for (const { sender, messages } of txs) {
    state.balances.set(sender, (state.balances.get(sender) ?? 0n) - FAKE_FEE)
    for (const message of messages) execute(state, sender, message)
  }
  return [...openEpoch(state), ...closeEpoch(state)]
}

function execute(state: FakeState, sender: string, message: MessageToSend): void {
  switch (message.typeUrl) {
    case '/emissions.v10.RegisterRequest':
      state.registered.set(sender, message.value.isReputer === true ? 'reputer' : 'worker')
      break
    case '/emissions.v10.AddStakeRequest':
      state.stakes.set(sender, (state.stakes.get(sender) ?? 0n) + BigInt(message.value.amount ?? '0'))
      break
    case '/starling.v1.SubmitTruthRequest': {
      const { nonce = 0n, label = '', value = '' } = message.value
      state.epochs.get(nonce)?.truths.set(sender, label === '' ? numberOf(value) : label)
      break
    }
    case '/emissions.v10.InsertWorkerPayloadRequest': {
      const bundle = message.value.workerDataBundle
      const inference = bundle?.inferenceForecastsBundle?.inference
      const texts = inference?.values?.map(({ value }) => value) ?? [inference?.value]
      const values = inference === undefined ? [] : texts.map((text) => numberOf(text ?? ''))
      state.epochs.get(bundle?.nonce?.blockHeight ?? 0n)?.values.set(sender, values)
      break
    }
  }
}

function numberOf(text: string): number {
  const value = parseDecimal(text)
  if (typeof value === 'number') return value
  throw new Error(`the fake chain was sent a number that ${value.fault}`)
}

function openEpoch({ topic, height, epochs }: FakeState): ChainEvent[] {
  if (height % topic.epochLength !== 0n) return []
  epochs.set(height, { nonce: height, values: new Map(), truths: new Map() })
  return [
    event('emissions.v10.EventWorkerSubmissionWindowOpened', {
      nonce_block_height: `"${height}"`,
      topic_id: `"${topic.id}"`,
      window_end_block: `"${height + topic.workerWindow}"`,
    }),
  ]
}

function closeEpoch({ topic, height, epochs, truths, losses }: FakeState): ChainEvent[] {
  const nonce = height - topic.groundTruthLag - topic.epochLength
  const epoch = epochs.get(nonce)
  if (epoch === undefined) return []
  epochs.delete(nonce)
  const [truth] = epoch.truths.values()
  const isSettled = truth !== undefined && epoch.values.size > 0
  if (isSettled) {
    truths.push({
      $typeName: 'starling.v1.Truth',
      nonce,
      value: typeof truth === 'number' ? truth : 0,
      label: typeof truth === 'string' ? truth : '',
    })
    losses.push({
      $typeName: 'starling.v1.EpochLosses',
      nonce,
      combined: 0,
      naive: 0,
      inferers: [...epoch.values].map(([address, [value = 0]]) => ({
        $typeName: 'starling.v1.Attributed',
        address,
        value: typeof truth === 'number' ? Math.abs(value - truth) : 1,
      })),
      forecasters: [],
    })
  }
  return [
    event('starling.v1.EventEpochClosed', {
      nonce: `"${nonce}"`,
      status: isSettled ? '"settled"' : '"void"',
      topic_id: `"${topic.id}"`,
    }),
  ]
}

function event(type: string, attributes: Record<string, string>): ChainEvent {
  return { type, attributes }
}
