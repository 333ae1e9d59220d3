import type { TopicPolicy, Values } from '../types.ts'
import { computeLoss } from './computeLoss.ts'

/** The topic's loss of one prediction; what is beyond the doubles, or has no value there, is the largest double. SPEC VT-4 */
export function boundedLoss(policy: TopicPolicy, values: Values, truth: number): number {
  const loss = computeLoss(policy, values, truth)
  return Number.isFinite(loss) ? loss : Number.MAX_VALUE
}
