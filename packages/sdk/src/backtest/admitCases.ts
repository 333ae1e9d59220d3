import { checkValues } from '@starling/protocol/scoring/losses/checkValues'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { Panel } from './panel.ts'
import { tableFault } from './table/tableFault.ts'

/** Probabilities that were rounded for printing sum to 1 within this. */
const ROUNDING = 0.02

/** A panel whose every value the chain would admit, and what had to be left out or mended for that. */
export type AdmittedPanel = { readonly panel: Panel; readonly notes: readonly string[] }

/**
 * The panel with what the chain would refuse at submission made absent, and counted in a note: vectors that are not
 * whole, quantiles that do not rise. Probabilities rounded in print are divided by their sum. Throws a `StarlingError`
 * with line and column for what is surely a mistake: values or truths outside the loss's domain, and a `scale` other
 * than 1 for losses that know no unit.
 */
export function admitCases(name: string, panel: Panel, policy: TopicPolicy): AdmittedPanel {
  const kind = outputKindOf(policy)
  refuseTruths(name, panel, policy)
  if (kind !== 'number' && kind !== 'quantiles') {
    refuseScales(name, panel, `${policy.loss} takes probabilities, which have no unit: leave it out`)
  }
  if (kind === 'number' || kind === 'probability') {
    refuseNumbers(name, panel, policy)
    return { panel, notes: noteFloored(panel, policy) }
  }
  const counts = new Map<string, number>()
  const values = panel.values.map((column, model) => admitColumn(name, panel, policy, column, model, counts))
  return { panel: { ...panel, values }, notes: Array.from(counts, ([what, count]) => `${count} ${what}`) }
}

function refuseScales(name: string, { scale, lines }: Panel, sentence: string): void {
  const at = scale.findIndex((value) => value !== 1)
  if (at >= 0) throw tableFault(name, { line: lines[at] ?? 0, column: 'scale' }, `${sentence}.`)
}

function refuseTruths(name: string, { truth, lines }: Panel, policy: TopicPolicy): void {
  const kind = outputKindOf(policy)
  const needsPositive = policy.loss === 'qlike' || policy.loss === 'relative-squared'
  if (kind !== 'probability' && !needsPositive) return
  const isLegal = (value: number): boolean => {
    if (Number.isNaN(value)) return true
    if (kind === 'probability') return value === 0 || value === 1
    return policy.loss === 'qlike' ? value > 0 : value !== 0
  }
  const at = truth.findIndex((value) => !isLegal(value))
  if (at < 0) return
  const wanted = kind === 'probability' ? '0 or 1' : policy.loss === 'qlike' ? 'above 0' : 'other than 0'
  const todo = 'Correct it, or choose another loss with --loss.'
  const said = `${truth[at]} is no truth for the loss ${policy.loss}, which needs ${wanted}. ${todo}`
  throw tableFault(name, { line: lines[at] ?? 0, column: 'truth' }, said)
}

/** Below it some losses take every number for it, so that they tell nothing apart. SPEC VT-4 */
const FLOOR = 1e-9

function noteFloored({ truth, scale, values }: Panel, { loss }: TopicPolicy): readonly string[] {
  if (loss !== 'qlike' && loss !== 'relative-squared') return []
  const floored = (column: Float64Array): number =>
    column.reduce((count, value, at) => count + (Math.abs(value) < FLOOR * (scale[at] ?? 1) ? 1 : 0), 0)
  const columns = loss === 'qlike' ? [truth, ...values] : [truth]
  const count = columns.reduce((sum, column) => sum + floored(column), 0)
  if (count === 0) return []
  return [`${count} numbers below 1e-9 count as 1e-9 under the loss ${loss}: put them in another unit, or give a scale`]
}

function refuseNumbers(name: string, { values, models, lines }: Panel, policy: TopicPolicy): void {
  if (outputKindOf(policy) === 'number' && policy.loss !== 'qlike') return
  for (const [model, column] of values.entries()) {
    const at = column.findIndex((value) => !Number.isNaN(value) && checkValues(policy, [value]) !== null)
    if (at < 0) continue
    const wanted = policy.loss === 'qlike' ? 'above 0' : 'a probability from 0 to 1'
    const said = `${column[at]} must be ${wanted} under the loss ${policy.loss}. Correct it, or choose another loss with --loss.`
    throw tableFault(name, { line: lines[at] ?? 0, column: models[model] ?? '' }, said)
  }
}

function admitColumn(
  name: string,
  { outputs, models, lines }: Panel,
  policy: TopicPolicy,
  column: Float64Array,
  model: number,
  counts: Map<string, number>,
): Float64Array {
  const width = outputs.length
  const admitted = column.slice()
  const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1)
  for (let at = 0; at < column.length / width; at += 1) {
    const given = Array.from(column.subarray(at * width, (at + 1) * width))
    const missing = given.filter(Number.isNaN).length
    if (missing === width) continue
    if (missing > 0) {
      count('answers without a value for every output were left out')
      admitted.fill(Number.NaN, at * width, (at + 1) * width)
      continue
    }
    if (checkValues(policy, given) === null) continue
    const mended = policy.labels.length > 0 ? toUnity(given) : given
    const reason = checkValues(policy, mended)
    if (reason === null) {
      count('sets of rounded probabilities were divided by their sum')
      admitted.set(mended, at * width)
    } else if (policy.labels.length > 0) {
      const said = `${given.join(', ')} for ${outputs.join(', ')}: ${reason} Probabilities must lie in 0 to 1 and sum to 1.`
      throw tableFault(name, { line: lines[at] ?? 0, column: models[model] ?? '' }, said)
    } else {
      count('answers with quantiles that do not rise were left out')
      admitted.fill(Number.NaN, at * width, (at + 1) * width)
    }
  }
  return admitted
}

/** The same probabilities with a sum of 1, where they are near enough to have been rounded. */
function toUnity(values: readonly number[]): readonly number[] {
  const total = values.reduce((sum, value) => sum + value, 0)
  return Math.abs(total - 1) <= ROUNDING ? values.map((value) => value / total) : values
}
