import { ema } from '@starling/protocol/num/ema'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { State } from '../../app/context.ts'
import type { Applicant } from './enterMerit.ts'
import { getQuantile, setMerit } from './view.ts'

/** Moves the merit of whoever stays outside toward the quantile of the last scores, so that it can come back. SPEC lifecycle 1.8 */
export function lowerMerit(state: State, { role, topic, nonce, address }: Applicant, merit: number): void {
  const moved = ema(readDecimal(topic.base.meritSortitionAlpha), getQuantile(state, role, topic.id), merit)
  setMerit(state, role, { topicId: topic.id, nonce }, address, moved)
}
