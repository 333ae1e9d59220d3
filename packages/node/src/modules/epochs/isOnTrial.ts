import { readDecimal } from '@starling/protocol/num/readDecimal'
import { meritRuleOf } from '@starling/protocol/scoring/merit/meritRuleOf'
import type { StateReader } from '../../app/context.ts'
import type { Applicant } from './enterMerit.ts'
import { countScores } from './view.ts'

/** Whether somebody has so few scores that it may still show what it can. SPEC VT-6 */
export function isOnTrial(state: StateReader, { role, topic, address }: Omit<Applicant, 'nonce'>): boolean {
  const { pay, memory } = topic.policy
  const alpha = readDecimal(topic.base.meritSortitionAlpha)
  const counted = meritRuleOf(pay, role).firstScores({ alpha, memory })
  return counted > 0 && 2 * countScores(state, role, topic.id, address) < counted
}
