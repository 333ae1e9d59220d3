import { sum } from '../../../num/sum.ts'
import { baselineNames } from '../../../scoring/contribution/baselineNames.ts'
import { selectMedian } from '../../../scoring/contribution/selectMedian.ts'
import { lossFormula } from '../lossFormula.ts'
import { lossInputs } from '../lossInputs.ts'
import type { Explained, Line } from '../types.ts'
import type { Member } from './memberOf.ts'

/** The model-free guesses, which of them was chosen, what it lost, and the bound it gives; none before the first truth. SPEC VT-6 */
export function baselineLines({ parts }: Explained, { baseline }: Member): Line[] {
  if (parts.contribution === null || baseline === null) return []
  const { state, findings } = parts.contribution
  const { policy } = parts.input.topic
  const names = baselineNames(policy)
  const means = names.map((name, i): readonly [string, number] => [
    name,
    sum(state.window.map(({ baselines }) => baselines[i] ?? 0)) / state.window.length,
  ])
  const guess = findings.baselines[baseline.candidate]
  return [
    {
      label: 'baseline',
      formula: `model-free guess with the least mean loss over ${state.window.length} epochs`,
      inputs: Object.fromEntries(means),
      value: names[baseline.candidate] ?? '',
    },
    {
      label: 'loss of the baseline',
      formula: lossFormula(policy.loss),
      inputs: lossInputs(policy, guess?.values ?? [], parts.truth),
      value: guess?.loss ?? 0,
    },
    {
      label: 'bound',
      formula: '4 * median of the losses of the baseline, at most 1e300',
      inputs: { epochs: baseline.losses.length, median: selectMedian(baseline.losses) },
      value: baseline.bound,
    },
  ]
}
