import type { StateReader } from '../../app/context.ts'
import type { Applicant } from './enterMerit.ts'
import { isOnTrial } from './isOnTrial.ts'
import { getInitialMerit } from './view.ts'

/** What somebody with such a merit stands for a place with: on trial at least with that of newcomers. SPEC VT-6 */
export function rankMerit(state: StateReader, applicant: Omit<Applicant, 'nonce'>, merit: number): number {
  if (!isOnTrial(state, applicant)) return merit
  return Math.max(merit, getInitialMerit(state, applicant.role, applicant.topic.id))
}
