import { outputKindOf } from '../losses/outputKindOf.ts'
import type { TopicPolicy, Values } from '../types.ts'

/**
 * What the least-variance combination sees of a prediction: value − truth; of labels one number each, probability − (1 for
 * the true label, else 0); of quantiles that of the middle level, the upper one of two. SPEC VT-6
 */
export function residualOf(policy: Pick<TopicPolicy, 'loss' | 'labels'>, values: Values, truth: number): Values {
  const kind = outputKindOf(policy)
  if (kind === 'labels') return values.map((value, label) => value - (label === truth ? 1 : 0))
  const place = kind === 'quantiles' ? Math.floor(values.length / 2) : 0
  return [(values[place] ?? 0) - truth]
}
