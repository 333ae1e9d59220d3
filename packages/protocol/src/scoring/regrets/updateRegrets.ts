import { ema } from '../../num/ema.ts'
import { entryOf } from '../entryOf.ts'
import { mergeEntries } from '../mergeEntries.ts'
import { newForecasterState, newInfererState } from '../newWorkerState.ts'
import type { ForecasterState, InfererState, ScoringState } from '../stateTypes.ts'
import type { Address, AttributedLosses, NetworkLosses, ScoringParams } from '../types.ts'
import { computeInitialRegret } from './computeInitialRegret.ts'

/** One step of a regret: the previous one (none: the topic's initial regret) moves toward L_A − L_B. SPEC math 8.1 */
type Step = (previous: number | null | undefined, lossA: number, lossB: number) => number

/** Regrets by the withheld (or added) worker: every loss L_A of the list against the same L_B; others are kept. */
function stepAll(
  stored: Readonly<Record<Address, number>>,
  lossesA: AttributedLosses,
  lossOf: (worker: Address) => number | undefined,
  step: Step,
): Readonly<Record<Address, number>> {
  const updated = lossesA.flatMap(({ worker, loss }): (readonly [Address, number])[] => {
    const lossB = lossOf(worker)
    return lossB === undefined ? [] : [[worker, step(entryOf(stored, worker), loss, lossB)]]
  })
  return mergeEntries(stored, updated)
}

/** Families 1, 3, 4, 6 and 8 of SPEC math 8.2. */
function stepInferer(prior: InfererState, loss: number, losses: NetworkLosses, step: Step): InfererState {
  const own = (): number => loss
  return {
    ...prior,
    regret: step(prior.regret, losses.combined, loss),
    naiveRegret: step(prior.naiveRegret, losses.naive, loss),
    withoutInferer: stepAll(prior.withoutInferer, losses.oneOutInferers, own, step),
    withoutForecaster: stepAll(prior.withoutForecaster, losses.oneOutForecasters, own, step),
    withForecaster: stepAll(prior.withForecaster, losses.oneInForecasters, own, step),
  }
}

/** Families 2, 5, 7 and 9 of SPEC math 8.2. A missing cell of the matrix (family 5) leaves its regret as it was. */
function stepForecaster(
  prior: ForecasterState,
  worker: Address,
  loss: number,
  losses: NetworkLosses,
  step: Step,
): ForecasterState {
  const cells = new Map(
    losses.oneOutInfererForecasters
      .filter((cell) => cell.forecaster === worker)
      .map((cell) => [cell.withheldInferer, cell.loss]),
  )
  const oneIn = losses.oneInForecasters.find((added) => added.worker === worker)
  return {
    ...prior,
    regret: step(prior.regret, losses.combined, loss),
    withoutInferer: stepAll(prior.withoutInferer, losses.oneOutInferers, (withheld) => cells.get(withheld), step),
    withoutForecaster: stepAll(prior.withoutForecaster, losses.oneOutForecasters, () => loss, step),
    withSelf: oneIn === undefined ? prior.withSelf : step(prior.withSelf, oneIn.loss, loss),
  }
}

type Worker = { readonly regret: number | null; readonly inclusions: number }

/** Regrets of the epoch's workers that had one before and were paid in at least 1 / α epochs. SPEC math 8.3 */
function experiencedRegrets(
  updated: readonly (readonly [Address, Worker])[],
  prior: Readonly<Record<Address, Worker>>,
  alpha: number,
): readonly number[] {
  return updated.flatMap(([worker, { regret, inclusions }]) => {
    const before = entryOf(prior, worker)?.regret ?? null
    return before !== null && regret !== null && inclusions >= 1 / alpha ? [regret] : []
  })
}

/**
 * The state after one settled epoch's losses (on the log10 scale): all nine regret families of the workers that have
 * losses, the topic's initial regret and its combined loss. Absent workers keep theirs. SPEC math 8.1–8.3, 8.5
 */
export function updateRegrets(input: {
  readonly prior: ScoringState
  readonly losses: NetworkLosses
  readonly params: ScoringParams
  readonly nonce: number
}): ScoringState {
  const { prior, losses, params, nonce } = input
  const step: Step = (previous, a, b) => ema(params.alphaRegret, a - b, previous ?? prior.initialRegret)
  const inferers = losses.inferers.map(({ worker, loss }): readonly [Address, InfererState] => {
    const before = entryOf(prior.inferers, worker) ?? newInfererState
    return [worker, { ...stepInferer(before, loss, losses, step), lastNonce: nonce }]
  })
  const forecasters = losses.forecasters.map(({ worker, loss }): readonly [Address, ForecasterState] => {
    const before = entryOf(prior.forecasters, worker) ?? newForecasterState
    return [worker, { ...stepForecaster(before, worker, loss, losses, step), lastNonce: nonce }]
  })
  const experienced = [
    ...experiencedRegrets(inferers, prior.inferers, params.alphaRegret),
    ...experiencedRegrets(forecasters, prior.forecasters, params.alphaRegret),
  ]
  const all = [...inferers, ...forecasters].flatMap(([, { regret }]) => (regret === null ? [] : [regret]))
  return {
    ...prior,
    initialRegret: all.length === 0 ? prior.initialRegret : computeInitialRegret(experienced, all, params),
    combinedLoss: losses.combined,
    inferers: mergeEntries(prior.inferers, inferers),
    forecasters: mergeEntries(prior.forecasters, forecasters),
  }
}
