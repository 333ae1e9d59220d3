import { sum } from '../../num/sum.ts'
import { entryOf } from '../entryOf.ts'
import { mergeEntries } from '../mergeEntries.ts'
import type { ScoringState } from '../stateTypes.ts'
import { computeRegretScale } from '../synthesis/computeRegretScale.ts'
import { computeWeights } from '../synthesis/computeWeights.ts'
import type { Address, NetworkLosses, ScoringParams } from '../types.ts'

type Candidate<S> = { readonly worker: Address; readonly state: S; readonly regret: number }

/** The workers of a list of losses that have a regret, in its order. */
function candidatesOf<S extends { readonly regret: number | null }>(
  losses: readonly { readonly worker: Address }[],
  states: Readonly<Record<Address, S>>,
): readonly Candidate<S>[] {
  return losses.flatMap(({ worker }) => {
    const state = entryOf(states, worker)
    return state === undefined || state.regret === null ? [] : [{ worker, state, regret: state.regret }]
  })
}

/**
 * Stores the scale of the regrets just updated, without a filter, and the weights of the same workers, normalised over
 * inferers and forecasters together. Absent workers keep theirs; nobody present: unchanged. SPEC math 1.5
 */
export function updateScaleAndWeights(state: ScoringState, losses: NetworkLosses, params: ScoringParams): ScoringState {
  const inferers = candidatesOf(losses.inferers, state.inferers)
  const forecasters = candidatesOf(losses.forecasters, state.forecasters)
  const regrets = [...inferers, ...forecasters].map(({ regret }) => regret)
  if (regrets.length === 0) return state
  const regretScale = computeRegretScale(regrets, params.epsilon)
  const weights = computeWeights(regrets, regretScale, params)
  // The best worker weighs about 1, so the total is never 0.
  const total = sum(weights)
  const shareOf = (i: number): number => (weights[i] ?? 0) / total
  return {
    ...state,
    regretScale,
    inferers: mergeEntries(
      state.inferers,
      inferers.map((c, i) => [c.worker, { ...c.state, weight: shareOf(i) }] as const),
    ),
    forecasters: mergeEntries(
      state.forecasters,
      forecasters.map((c, i) => [c.worker, { ...c.state, weight: shareOf(inferers.length + i) }] as const),
    ),
  }
}
