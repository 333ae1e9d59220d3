import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Context } from '../../app/context.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { tryActivation } from './activation.ts'
import { getRevenue, setRevenue } from './view.ts'

/** Pays a fee for a topic into the treasury: the topic's revenue grows by it, which may activate the topic. SPEC lifecycle 2 */
export function payFee(context: Context, payer: string, topicId: bigint, amount: bigint): void {
  addRevenue(context, payer, topicId, amount)
  tryActivation(context, topicId)
}

/** The same without an attempt to activate, for the fee of creation. */
export function addRevenue(context: Context, payer: string, topicId: bigint, amount: bigint): void {
  moveCoins(context, payer, moduleAddresses.ecosystem, amount)
  setRevenue(context.state, topicId, getRevenue(context.state, topicId) + amount)
}

/** Counts as revenue what was paid for a topic elsewhere. */
export function countRevenue(context: Context, topicId: bigint, amount: bigint): void {
  setRevenue(context.state, topicId, getRevenue(context.state, topicId) + amount)
  tryActivation(context, topicId)
}
