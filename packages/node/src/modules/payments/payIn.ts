import { create } from '@bufbuild/protobuf'
import { FunderSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { addToLedger } from '../bank/ledger.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { countRevenue } from '../topics/payFee.ts'
import type { StoredTopic } from '../topics/view.ts'
import { getEscrow, getFunder, setEscrow, setFunder } from './view.ts'

/**
 * Pays uallo into a topic's escrow. Where pay follows contribution it counts for the topic's weight as revenue does;
 * where the reference pays it does not, as subsidies there have no cap and most of a fee comes back. SPEC PW-1, ADR-027
 */
export function payIn(
  context: Context,
  topic: StoredTopic,
  payer: string,
  amount: bigint,
  how: 'funded' | 'paid',
): void {
  const { state } = context
  const { id } = topic
  if (amount === 0n) return
  moveCoins(context, payer, moduleAddresses.starlingescrow, amount)
  addToLedger(state, 'fees_paid', amount)
  setEscrow(state, id, getEscrow(state, id) + amount)
  const funder = getFunder(state, id, payer)
  setFunder(state, id, create(FunderSchema, { ...funder, [how]: (readWhole(funder[how]) + amount).toString() }))
  if (topic.policy.pay === 'contribution') countRevenue(context, id, amount)
}
