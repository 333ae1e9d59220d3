import { outputKindOf } from '../losses/outputKindOf.ts'
import type { TopicPolicy } from '../types.ts'

const LAST = 'last answer of the network'

/** What the candidates of `baselineValues` are, in words and in the same order. SPEC VT-6 */
export function baselineNames(policy: Pick<TopicPolicy, 'loss' | 'labels'>): readonly string[] {
  switch (outputKindOf(policy)) {
    case 'number':
      return ['last truth', 'running mean', 'truth 7 epochs before', 'truth 24 epochs before', LAST]
    case 'probability':
      return ['running frequency', LAST]
    case 'labels':
      return ['running frequencies', LAST]
    case 'quantiles':
      return ['quantiles of the last truths', 'last truth and quantiles of the last steps', LAST]
  }
}
