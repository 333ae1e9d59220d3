import type { TopicPolicy, Values } from '../types.ts'
import { outputKindOf } from './outputKindOf.ts'

/** Sentence naming what is wrong with a submission, or null if it is legal. SPEC VT-4 */
export function checkValues(policy: TopicPolicy, values: Values): string | null {
  const kind = outputKindOf(policy)
  const count = kind === 'labels' ? policy.labels.length : kind === 'quantiles' ? policy.levels.length : 1
  if (values.length !== count) return `Expected ${count} values, got ${values.length}.`
  const [lowest, highest] = kind === 'labels' || kind === 'probability' ? [0, 1] : policy.domain
  const bad = values.findIndex((v) => !(v >= lowest && v <= highest))
  if (bad >= 0) return `Value ${bad} is outside ${lowest} to ${highest}.`
  if (kind === 'labels' && !(Math.abs(values.reduce((a, b) => a + b, 0) - 1) <= 1e-6))
    return 'The probabilities do not sum to 1.'
  if (policy.loss === 'qlike' && !values.every((v) => v > 0)) return 'The value must be above 0.'
  if (kind === 'quantiles' && values.some((v, i) => v < (values[i - 1] ?? v))) return 'The quantiles are not ascending.'
  return null
}
