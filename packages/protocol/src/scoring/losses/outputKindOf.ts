import type { OutputKind, TopicPolicy } from '../types.ts'

/** What a topic asks for, from its loss and labels. SPEC VT-4, VT-5 */
export function outputKindOf(policy: Pick<TopicPolicy, 'loss' | 'labels'>): OutputKind {
  if (policy.loss === 'crps' || policy.loss === 'pinball') return 'quantiles'
  if (policy.labels.length > 0 || policy.loss === 'cross-entropy') return 'labels'
  return policy.loss === 'log-loss' || policy.loss === 'brier' ? 'probability' : 'number'
}
