import type { SubsidySettlement } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { type SubsidySplit, splitSubsidy } from '@starling/protocol/modules/payments/splitSubsidy'
import type { SubsidyTerms } from '@starling/protocol/modules/payments/subsidyTerms'
import { toSubsidySettlement } from '@starling/protocol/modules/payments/toSubsidySettlement'
import { validatorsBeside } from '@starling/protocol/modules/payments/validatorsBeside'
import type { SettleOutcome } from '@starling/protocol/scoring/settle/settleTypes'
import type { Context } from '../../app/context.ts'
import { ownerOf } from '../actors/ownerOf.ts'
import { burnCoins } from '../bank/burnCoins.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { getBalance } from '../bank/view.ts'
import { shareReward } from '../stake/shareReward.ts'
import { setHeld } from './view.ts'

/** A closed epoch whose rewards are paid: its pot, and what of it could be paid, in uallo. */
export type SubsidisedEpoch = {
  readonly topicId: bigint
  readonly nonce: bigint
  readonly pot: bigint
  readonly reward: bigint
  readonly terms: SubsidyTerms
  readonly outcome: SettleOutcome
}

/**
 * What of a pot exceeds the rule goes back to the ecosystem, from where it is emitted again later, together with the
 * validators' part beside it, which the block rewards held for it; bootstrap is kept back, released or burned. Returns what
 * the epoch's record says of it. SPEC PW-2
 */
export function paySubsidy(context: Context, epoch: SubsidisedEpoch): SubsidySettlement {
  const { topicId, pot, reward, terms, outcome } = epoch
  const split = splitSubsidy({ pot, reward }, terms, outcome)
  const { ecosystem, allorarewards, starlingbootstrap } = moduleAddresses
  // The pot of an epoch that is not settled went back with its rewards.
  if (outcome.status === 'settled') moveCoins(context, allorarewards, ecosystem, split.returned)
  moveCoins(context, allorarewards, starlingbootstrap, split.bootstrap)
  takeFromValidators(context, validatorsBeside(pot, terms.validatorsShare) - split.validators)
  release(context, epoch, split)
  burnCoins(context, 'starlingbootstrap', split.burned)
  setHeld(context.state, topicId, split.held)
  return toSubsidySettlement(terms, reward, split)
}

/** Where validators were paid in the meantime, there is less to take. */
function takeFromValidators(context: Context, amount: bigint): void {
  const { fee_collector: collector, ecosystem } = moduleAddresses
  const there = getBalance(context.state, collector)
  moveCoins(context, collector, ecosystem, amount < there ? amount : there)
}

function release(
  context: Context,
  { topicId, nonce }: SubsidisedEpoch,
  { releasedValidators, payouts }: SubsidySplit,
): void {
  const { fee_collector: collector, starlingbootstrap } = moduleAddresses
  moveCoins(context, starlingbootstrap, collector, releasedValidators)
  for (const { address, role, amount } of payouts) {
    if (role === 'reputer') shareReward(context, { topicId, nonce }, address, amount, 'starlingbootstrap')
    else moveCoins(context, starlingbootstrap, ownerOf(context.state, address), amount)
  }
}
