import { compareAddress } from '../../num/compareAddress.ts'
import type { ChosenBaseline, ContributionState, ContributorState } from '../contribution/contributionTypes.ts'
import { relativeDifferences } from '../contribution/relativeDifferences.ts'
import { relativeGains } from '../contribution/relativeGains.ts'
import { entryOf } from '../entryOf.ts'
import type { Attributed, ByRole, SettleInput } from '../settle/settleTypes.ts'
import type { Address, AttributedValues, NetworkValues } from '../types.ts'

/**
 * Scores of workers where contribution is paid: the newest of the differences that the skill of each is made of, in units
 * of the bound, so in −1…1. An inferer's is the baseline's loss − its own, a forecaster's what it took off the network's
 * loss; 0 while there is no baseline or no bound. Who held a place and did not reveal has −1. `state` knows the epoch
 * already, `baseline` is chosen from it. SPEC VT-6, VT-2
 */
export function contributionScores(input: {
  readonly state: ContributionState
  readonly baseline: ChosenBaseline | null
  readonly network: NetworkValues
  readonly missed: SettleInput['missed']
}): Pick<ByRole, 'inferers' | 'forecasters'> {
  const { state, baseline, network, missed } = input
  const bound = baseline?.bound ?? 0
  const window = state.window.slice(-1)
  const newest = { candidate: 0, losses: baseline?.losses.slice(-1) ?? [], bound }
  const entryIn = (known: Readonly<Record<Address, ContributorState>>, worker: Address) =>
    entryOf(known, worker)?.entries.slice(-1) ?? []
  const ofInferer = (worker: Address) =>
    bound === 0 ? 0 : relativeDifferences(entryIn(state.workers, worker), window, newest)[0]
  const ofForecaster = (worker: Address) =>
    bound === 0 ? 0 : relativeGains(entryIn(state.forecasters, worker), window, bound)[0]
  return {
    inferers: scoreAll(network.inferers, ofInferer, missed?.inferers ?? []),
    forecasters: scoreAll(network.forecasters, ofForecaster, missed?.forecasters ?? []),
  }
}

/** Scores of those present and of those who did not reveal, in address order. */
function scoreAll(
  present: AttributedValues,
  scoreOf: (worker: Address) => number | undefined,
  missed: readonly Address[],
): Attributed {
  const scores = present.map(({ worker }) => ({ worker, value: scoreOf(worker) ?? 0 }))
  if (missed.length === 0) return scores
  const unrevealed = missed.map((worker) => ({ worker, value: -1 }))
  return [...scores, ...unrevealed].sort((a, b) => compareAddress(a.worker, b.worker))
}
