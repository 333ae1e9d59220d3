import { ActorType, EventScoresSetSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { ema } from '@starling/protocol/num/ema'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { quantile } from '@starling/protocol/num/quantile'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { meritRuleOf } from '@starling/protocol/scoring/merit/meritRuleOf'
import type { Attributed, ByRole } from '@starling/protocol/scoring/settle/settleTypes'
import type { Context } from '../app/context.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { meritTermsOf } from '../modules/epochs/meritTermsOf.ts'
import { countScores, getMerit, setInitialMerit, setMerit, setQuantile, setScoreCount } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

/** Moves the merit of everybody who was scored, and what newcomers and those left outside are measured by. SPEC lifecycle 1.8 */
export function updateMerits(context: Context, topic: StoredTopic, nonce: bigint, scores: ByRole): void {
  const { activeInfererQuantile, activeForecasterQuantile, activeReputerQuantile } = topic.base
  const move = (role: SubmitterRole, list: Attributed, q: string): void => {
    if (list.length === 0) return
    announce(context, topic.id, nonce, role, list)
    // With one inferer or forecaster the reference has nothing to compare: its score is 0. SPEC lifecycle 4.2
    const isAlone = list.length === 1 && role !== 'reputer' && meritRuleOf(topic.policy.pay, role).needsOthers
    if (!isAlone) moveRole(context, topic, nonce, role, list, readDecimal(q))
  }
  move('inferer', scores.inferers, activeInfererQuantile)
  move('forecaster', scores.forecasters, activeForecasterQuantile)
  move('reputer', scores.reputers, activeReputerQuantile)
}

function moveRole(
  { state }: Context,
  topic: StoredTopic,
  nonce: bigint,
  role: SubmitterRole,
  list: Attributed,
  q: number,
): void {
  const rule = meritRuleOf(topic.policy.pay, role)
  const terms = meritTermsOf(state, { role, topic })
  const { alpha } = terms
  const firstScores = rule.firstScores(terms)
  const merits = list.map(({ worker, value }) => {
    const known = getMerit(state, role, topic.id, worker)
    const scores = firstScores === 0 ? 0 : countScores(state, role, topic.id, worker)
    const step = scores < firstScores ? Math.max(alpha, 1 / (scores + 1)) : alpha
    const merit = ema(step, value, known === undefined ? null : readDecimal(known.score))
    const newest = known === undefined || known.blockHeight < nonce ? nonce : known.blockHeight
    setMerit(state, role, { topicId: topic.id, nonce: newest }, worker, merit)
    if (scores < firstScores) setScoreCount(state, role, topic.id, worker, scores + 1)
    return merit
  })
  // Of the moved merits, not of the scores: SPEC math 9.5 for v0.17.
  const present = quantile(merits, q)
  const initial = rule.initial(merits, present, readDecimal(getParams(state).lambdaInitialScore))
  setQuantile(state, role, topic.id, present)
  setInitialMerit(state, role, topic.id, initial)
}

const actorTypes = {
  inferer: ActorType.INFERER_UNSPECIFIED,
  forecaster: ActorType.FORECASTER,
  reputer: ActorType.REPUTER,
} as const satisfies Record<SubmitterRole, ActorType>

function announce({ emit }: Context, topicId: bigint, nonce: bigint, role: SubmitterRole, list: Attributed): void {
  emit(
    typedEvent(EventScoresSetSchema, {
      actorType: actorTypes[role],
      topicId,
      blockHeight: nonce,
      addresses: list.map(({ worker }) => worker),
      scores: list.map(({ value }) => formatDecimal(value)),
    }),
  )
}
