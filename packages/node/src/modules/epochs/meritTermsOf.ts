import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { MeritTerms } from '@starling/protocol/scoring/merit/meritRuleOf'
import type { StateReader } from '../../app/context.ts'
import type { Applicant } from './enterMerit.ts'
import { getInitialMerit, getQuantile } from './view.ts'

/** What an applicant's merit is measured by. */
export function meritTermsOf(state: StateReader, { role, topic }: Pick<Applicant, 'role' | 'topic'>): MeritTerms {
  return {
    initial: getInitialMerit(state, role, topic.id),
    quantile: getQuantile(state, role, topic.id),
    alpha: readDecimal(topic.base.meritSortitionAlpha),
    memory: topic.policy.memory,
  }
}
