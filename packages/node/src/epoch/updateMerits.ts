import { ActorType, EventScoresSetSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { ema } from '@starling/protocol/num/ema'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { quantile } from '@starling/protocol/num/quantile'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { computeInitialEmaScore } from '@starling/protocol/scoring/scores/computeInitialEmaScore'
import type { Attributed, ByRole } from '@starling/protocol/scoring/settle/settleTypes'
import type { Context } from '../app/context.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { getMerit, setInitialMerit, setMerit, setQuantile } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

/** Moves the merit of everybody who was scored, and what newcomers and those left outside are measured by. SPEC lifecycle 1.8 */
export function updateMerits(context: Context, topic: StoredTopic, nonce: bigint, scores: ByRole): void {
  const { activeInfererQuantile, activeForecasterQuantile, activeReputerQuantile } = topic.base
  const move = (role: SubmitterRole, list: Attributed, q: string): void => {
    if (list.length === 0) return
    announce(context, topic.id, nonce, role, list)
    // With one inferer or forecaster there is nothing to compare: its score is 0 and says nothing. SPEC lifecycle 4.2
    if (list.length > 1 || role === 'reputer') moveRole(context, topic, nonce, role, list, readDecimal(q))
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
  const alpha = readDecimal(topic.base.meritSortitionAlpha)
  const merits = list.map(({ worker, value }) => {
    const known = getMerit(state, role, topic.id, worker)
    const merit = ema(alpha, value, known === undefined ? null : readDecimal(known.score))
    const newest = known === undefined || known.blockHeight < nonce ? nonce : known.blockHeight
    setMerit(state, role, { topicId: topic.id, nonce: newest }, worker, merit)
    return merit
  })
  // Of the moved merits, not of the scores: SPEC math 9.5 for v0.17.
  setQuantile(state, role, topic.id, quantile(merits, q))
  setInitialMerit(
    state,
    role,
    topic.id,
    computeInitialEmaScore(merits, readDecimal(getParams(state).lambdaInitialScore)),
  )
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
