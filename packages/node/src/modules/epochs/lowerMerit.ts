import { meritRuleOf } from '@starling/protocol/scoring/merit/meritRuleOf'
import type { State } from '../../app/context.ts'
import type { Applicant } from './enterMerit.ts'
import { meritTermsOf } from './meritTermsOf.ts'
import { setMerit } from './view.ts'

/** Moves the merit of whoever stays outside, so that it can come back. SPEC lifecycle 1.8 */
export function lowerMerit(state: State, applicant: Applicant, merit: number): void {
  const { role, topic, nonce, address } = applicant
  const moved = meritRuleOf(topic.policy.pay, role).refused(merit, meritTermsOf(state, applicant))
  setMerit(state, role, { topicId: topic.id, nonce }, address, moved)
}
