import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { type Comparison, joinComparisons } from '@starling/protocol/replay/compareLeaves'
import { StarlingError } from '../starlingError.ts'
import { type BlockEvents, readBlockEvents } from './blockEvents.ts'
import { checkBalances } from './checkBalances.ts'
import { checkPayments } from './checkPayments.ts'
import type { ReplaySource } from './replaySource.ts'

/** How far the payouts could be followed; a reason says why not. */
export type PaymentsCheck = Comparison & {
  readonly events: 'compared' | 'skipped'
  readonly balances: 'compared' | 'skipped'
  readonly reason: string | undefined
}

const nothing: Comparison = { compared: 0, mismatches: [] }

/** Follows the payouts of a record into the events of its block, and from there into the balances. */
export async function verifyPayments({ reader, rpc }: ReplaySource, record: EpochRecord): Promise<PaymentsCheck> {
  const events = await orReason(() => readBlockEvents(rpc, record.settledHeight))
  if (typeof events === 'string') return { ...nothing, events: 'skipped', balances: 'skipped', reason: events }
  const payments = await checkPayments(reader, record, events)
  const balances = await balancesOf(reader, record, events)
  const skipped = typeof balances === 'string'
  return {
    ...joinComparisons([payments, skipped ? nothing : balances]),
    events: 'compared',
    balances: skipped ? 'skipped' : 'compared',
    reason: skipped ? balances : undefined,
  }
}

async function balancesOf(
  reader: ReplaySource['reader'],
  record: EpochRecord,
  events: BlockEvents,
): Promise<Comparison | string> {
  return orReason(() => checkBalances(reader, record, events))
}

/** What a node no longer keeps is a reason; that nobody answers is a failure. */
async function orReason<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StarlingError && error.kind === 'unavailable') return error.message
    throw error
  }
}
