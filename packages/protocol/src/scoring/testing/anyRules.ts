import fc from 'fast-check'
import type { TopicPolicy } from '../types.ts'

/** Every combination of the rules that a topic may choose. SPEC VT-1 */
export const anyRules: fc.Arbitrary<Pick<TopicPolicy, 'pay' | 'synthesis' | 'intervals'>> = fc.record({
  pay: fc.constantFrom('contribution', 'reference'),
  synthesis: fc.constantFrom('tower', 'regret'),
  intervals: fc.constantFrom('conformal', 'spread', 'none'),
})
