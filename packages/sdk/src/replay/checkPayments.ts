import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { type Comparison, compareLeaf, joinComparisons } from '@starling/protocol/replay/compareLeaves'
import type { RecordReader } from '../records/types.ts'
import { type BlockEvent, type BlockEvents, coinsIn } from './blockEvents.ts'

/** One payment that a block announces. */
type Announced = { readonly address: string; readonly role: string; readonly amount: string }

const REWARDS = 'emissions.v10.EventRewardsSettled'
const FEES = 'starling.v1.EventFeesSettled'

const roleNames: Readonly<Record<string, string>> = {
  ACTOR_TYPE_INFERER_UNSPECIFIED: 'inferer',
  ACTOR_TYPE_FORECASTER: 'forecaster',
  ACTOR_TYPE_REPUTER: 'reputer',
}

/**
 * Compares what a record pays with what its block announces for the epoch, and with the coins that left the rewards
 * account in that block: to the owner of each worker its amount, to stakes the sum of what reputers got, and the pot of
 * an unsettled epoch back to the ecosystem.
 */
export async function checkPayments(
  reader: RecordReader,
  record: EpochRecord,
  { hooks }: BlockEvents,
): Promise<Comparison> {
  const out = hooks.filter(
    ({ type, attributes }) => type === 'transfer' && attributes.sender === moduleAddresses.allorarewards,
  )
  const fees = checkFees(record, hooks)
  if (record.status !== 'settled') return joinComparisons([checkReturned(record, out), fees])
  const announced = hooks.filter(({ type }) => type === REWARDS).flatMap(paymentsOf)
  const own = hooks.filter((event) => isOf(event, record)).flatMap(paymentsOf)
  const payouts = record.payouts.map((payout, i) => {
    const found = own.find(({ address, role }) => address === payout.address && role === payout.role)
    return compareLeaf(`payouts[${i}].amount in the block's events`, payout.amount, found?.amount ?? null)
  })
  const count = compareLeaf("payouts.length in the block's events", record.payouts.length, own.length)
  const staked = out.filter(({ attributes }) => isStake(attributes.recipient))
  const ofReputers = announced.filter(({ role }) => role === 'reputer')
  const stakes = compareLeaf('coins to stakes in the block', sumOf(ofReputers), sumOfCoins(staked))
  return joinComparisons([...payouts, count, stakes, fees, ...(await checkOwners(reader, record, out))])
}

function isOf({ type, attributes }: BlockEvent, { topicId, nonce }: EpochRecord): boolean {
  return type === REWARDS && attributes.topic_id === `"${topicId}"` && attributes.block_height === `"${nonce}"`
}

function paymentsOf({ attributes }: BlockEvent): readonly Announced[] {
  const role = roleNames[textOf(attributes.actor_type)] ?? ''
  const rewards = listOf(attributes.rewards)
  return listOf(attributes.addresses).map((address, i) => ({ address, role, amount: rewards[i] ?? '' }))
}

function textOf(json: string | undefined): string {
  const value: unknown = JSON.parse(json ?? '""')
  return String(value)
}

function listOf(json: string | undefined): readonly string[] {
  const value: unknown = JSON.parse(json ?? '[]')
  return Array.isArray(value) ? value.map(String) : []
}

function isStake(recipient: string | undefined): boolean {
  return recipient === moduleAddresses.allorastaking || recipient === moduleAddresses.allorapendingrewards
}

/** What the record says of the fees against what the block announces: a payment out of escrow without a record is found, too. */
function checkFees({ topicId, nonce, fees }: EpochRecord, hooks: readonly BlockEvent[]): Comparison {
  const announced = hooks.find(
    ({ type, attributes }) =>
      type === FEES && attributes.topic_id === `"${topicId}"` && attributes.nonce === `"${nonce}"`,
  )
  if (fees === undefined && announced === undefined) return joinComparisons([])
  const told = (name: string): string | null => (announced === undefined ? null : textOf(announced.attributes[name]))
  const parts = (['earmarked', 'burned', 'validators', 'returned'] as const).map((name) =>
    compareLeaf(`fees.${name} in the block's events`, fees?.[name] ?? null, told(name)),
  )
  const paid = fees?.payouts.map(({ address, amount }) => `${address} ${amount}`).join() ?? null
  const amounts = listOf(announced?.attributes.amounts)
  const said = listOf(announced?.attributes.addresses).map((address, i) => `${address} ${amounts[i]}`)
  return joinComparisons([...parts, compareLeaf("fees.payouts in the block's events", paid, said.join())])
}

/** Each worker's amount must have gone to its owner; of two equal amounts each needs its own transfer. */
async function checkOwners(
  reader: RecordReader,
  { payouts, settledHeight }: EpochRecord,
  out: readonly BlockEvent[],
): Promise<readonly Comparison[]> {
  const left = out.map((event) => ({ to: event.attributes.recipient, amount: coinsIn(event).toString() }))
  const parts: Comparison[] = []
  for (const [i, { address, role, amount }] of payouts.entries()) {
    if (role === 'reputer') continue
    const owner = await ownerAt(reader, address, settledHeight)
    const at = left.findIndex((transfer) => transfer.to === owner && transfer.amount === amount)
    const [found] = at === -1 ? [] : left.splice(at, 1)
    parts.push(compareLeaf(`payouts[${i}].amount in the coins moved to ${owner}`, amount, found?.amount ?? null))
  }
  return parts
}

/** The owner in the block of the settlement; where the node keeps no state that old, the owner now. */
async function ownerAt(reader: RecordReader, address: string, height: bigint): Promise<string> {
  try {
    return await reader.ownerOfWorker(address, height)
  } catch {
    return reader.ownerOfWorker(address)
  }
}

function checkReturned({ pot }: EpochRecord, out: readonly BlockEvent[]): Comparison {
  const back = out.filter(({ attributes }) => attributes.recipient === moduleAddresses.ecosystem)
  const found = pot === '0' || back.some((event) => coinsIn(event).toString() === pot)
  return compareLeaf('pot in the coins moved back to the ecosystem', pot, found ? pot : null)
}

function sumOf(list: readonly Announced[]): string {
  return list.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString()
}

function sumOfCoins(events: readonly BlockEvent[]): string {
  return events.reduce((sum, event) => sum + coinsIn(event), 0n).toString()
}
