import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { MeritTerms } from '@starling/protocol/scoring/merit/meritRuleOf'
import type { StateReader } from '../../app/context.ts'
import type { StoredTopic } from '../topics/view.ts'
import { getInitialMerit, getQuantile } from './view.ts'

/** What merits are compared in. */
export type MeritPlace = { readonly role: SubmitterRole; readonly topic: StoredTopic }

/** What an applicant's merit is measured by. */
export function meritTermsOf(state: StateReader, { role, topic }: MeritPlace): MeritTerms {
  return {
    initial: getInitialMerit(state, role, topic.id),
    quantile: getQuantile(state, role, topic.id),
    alpha: readDecimal(topic.base.meritSortitionAlpha),
    memory: topic.policy.memory,
  }
}
