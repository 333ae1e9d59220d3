import { quantile } from '../../num/quantile.ts'
import { outputKindOf } from '../losses/outputKindOf.ts'
import type { TopicPolicy, Values } from '../types.ts'
import type { BaselineState } from './contributionTypes.ts'

/** A week of daily epochs, a day of hourly ones. */
const SEASONS: readonly number[] = [7, 24]

const newest = (truths: readonly number[], ago: number): number | undefined => truths[truths.length - ago]

/** Last truth, running mean, last truths of a week and of a day before (until then the last one). */
function guessNumbers({ truths, mean }: BaselineState): readonly Values[] {
  const last = newest(truths, 1) ?? 0
  const seasonal = SEASONS.map((season) => [newest(truths, season) ?? last])
  return [[last], [mean], ...seasonal]
}

/** How often each label was true, as if each had been true once more: (n_l + 1)/(n + labels). */
function guessLabels({ counts, epochs }: BaselineState): Values {
  return counts.map((count) => (count + 1) / (epochs + counts.length))
}

/** At each level the quantile of the last truths, and the last truth plus that of the last steps. */
function guessQuantiles({ truths }: BaselineState, levels: readonly number[]): readonly Values[] {
  const last = newest(truths, 1) ?? 0
  const steps = truths.slice(1).map((truth, i) => truth - (truths[i] ?? truth))
  return [levels.map((level) => quantile(truths, level)), levels.map((level) => last + quantile(steps, level))]
}

/**
 * The model-free candidates for an epoch, from what was known when its worker window closed: numbers: last truth, running
 * mean, truth 7 and 24 epochs before; events and labels: running frequencies; quantiles: those of the last 200 truths, and
 * last truth plus those of the last 200 steps; all: the newest published network value, if there is one. Always the same
 * number of candidates in the same order; none before the first truth. Cut to the domain. SPEC VT-6
 */
export function baselineValues(
  state: BaselineState,
  policy: Pick<TopicPolicy, 'loss' | 'labels' | 'levels' | 'domain'>,
  lastNetworkValue: Values | null,
): readonly Values[] {
  if (state.epochs === 0) return []
  const kind = outputKindOf(policy)
  const [lowest, highest] = policy.domain
  const cut = (values: Values): Values => values.map((value) => Math.max(lowest, Math.min(highest, value)))
  const guessed = {
    number: () => guessNumbers(state),
    probability: () => [guessLabels(state).slice(1)],
    labels: () => [guessLabels(state)],
    quantiles: () => guessQuantiles(state, policy.levels),
  }[kind]()
  return [...guessed, lastNetworkValue ?? guessed[0] ?? []].map(cut)
}
