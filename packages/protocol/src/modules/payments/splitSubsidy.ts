import { shareOf } from '../../num/shareOf.ts'
import { splitPot } from '../../scoring/contribution/splitPot.ts'
import { edgeOf } from '../../scoring/edge/edgeOf.ts'
import type { Reward, SettleOutcome } from '../../scoring/settle/settleTypes.ts'
import type { SubsidyTerms } from './subsidyTerms.ts'
import { validatorsBeside } from './validatorsBeside.ts'

/** Where an epoch's pot and its topic's bootstrap go, in uallo. */
export type SubsidySplit = {
  /** Beside what contributors got. */
  readonly validators: bigint
  /** Kept back of the pot. */
  readonly bootstrap: bigint
  /** Of the pot, back to the ecosystem. */
  readonly returned: bigint
  /** Bootstrap paid, as the edge is shown. */
  readonly releasedValidators: bigint
  readonly payouts: readonly Reward[]
  /** Bootstrap burned, as the term is over without an edge. */
  readonly burned: bigint
  /** Bootstrap that waits after the epoch. */
  readonly held: bigint
}

/** What a settlement decides that the subsidy follows. */
export type SubsidyOutcome = Pick<SettleOutcome, 'status' | 'fractions' | 'split' | 'unpaid' | 'state'>

/**
 * Splits an epoch's pot, of which `reward` could be paid: pot = paid + bootstrap + returned. Of an unsettled epoch all
 * goes back. Bootstrap is released like fees, a part of what is held with each settlement whose state shows the edge, and
 * burns at the end of the term otherwise; what classes without shares leave of it stays held. SPEC PW-2, VT-8
 */
export function splitSubsidy(
  { pot, reward }: { readonly pot: bigint; readonly reward: bigint },
  terms: SubsidyTerms,
  outcome: SubsidyOutcome,
): SubsidySplit {
  const { heldBefore, validatorsShare, bootstrapLimit } = terms
  const nothing = { releasedValidators: 0n, payouts: [], burned: 0n }
  if (outcome.status !== 'settled') {
    return { ...nothing, validators: 0n, bootstrap: 0n, returned: pot, held: heldBefore }
  }
  const paid = reward - outcome.unpaid
  const left = pot - reward
  // biome-ignore lint/complexity/useMathMinMax: bigint
  const bootstrap = left < bootstrapLimit ? left : bootstrapLimit
  return {
    validators: validatorsBeside(paid, validatorsShare),
    bootstrap,
    returned: pot - paid - bootstrap,
    ...moveBootstrap(heldBefore + bootstrap, terms, outcome),
  }
}

function moveBootstrap(
  held: bigint,
  { divisor, termEnded, validatorsShare }: SubsidyTerms,
  { fractions, split, state }: SubsidyOutcome,
): Pick<SubsidySplit, 'releasedValidators' | 'payouts' | 'burned' | 'held'> {
  const edge = state.verified?.edge ?? null
  if (edge === null || !edgeOf(edge).shown) {
    const burned = termEnded ? held : 0n
    return { releasedValidators: 0n, payouts: [], burned, held: held - burned }
  }
  const released = held / divisor
  const releasedValidators = shareOf(released, validatorsShare)
  const { rewards, unpaid } = splitPot(released - releasedValidators, fractions, split)
  return { releasedValidators, payouts: rewards, burned: 0n, held: held - released + unpaid }
}
