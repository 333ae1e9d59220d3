import { advanceContribution } from '../contribution/advanceContribution.ts'
import { chooseBaseline } from '../contribution/chooseBaseline.ts'
import type { ContributionEpoch } from '../contribution/contributionTypes.ts'
import { newContribution } from '../contribution/newContribution.ts'
import { advanceEdge } from '../edge/advanceEdge.ts'
import { newEdge } from '../edge/newEdge.ts'
import { advanceIntervals } from '../intervals/advanceIntervals.ts'
import { advanceLabelSets } from '../intervals/advanceLabelSets.ts'
import { advanceReliability } from '../intervals/advanceReliability.ts'
import { outputKindOf } from '../losses/outputKindOf.ts'
import type { ScoringState } from '../stateTypes.ts'
import { advanceTower } from '../tower/advanceTower.ts'
import { newTower } from '../tower/newTower.ts'
import type { TopicPolicy } from '../types.ts'
import type { PublishedAnswer } from './answerOf.ts'
import { calibrationOf } from './calibrationOf.ts'
import type { Synthesis } from './synthesise.ts'
import { rowOf } from './towerRow.ts'
import type { Calibration, VerifiedState } from './verifiedTypes.ts'

/** One settled epoch as the rules of a verified topic learn from it. */
export type VerifiedEpoch = {
  readonly policy: TopicPolicy
  readonly state: ScoringState
  readonly synthesis: Synthesis
  /** As it was published. */
  readonly answer: PublishedAnswer
  readonly truth: number
  /** Raw loss of the combined value. */
  readonly loss: number
  /** Null in topics of reference pay. */
  readonly contribution: ContributionEpoch | null
}

/** What the rules of the topic remember after the epoch; undefined where it has none of them. SPEC VT-6, VT-7, VT-8, VT-10 */
export function advanceVerified(epoch: VerifiedEpoch): VerifiedState | undefined {
  const { policy } = epoch
  const isVerified = policy.pay === 'contribution' || policy.synthesis === 'tower' || policy.intervals === 'conformal'
  if (!isVerified) return undefined
  return {
    tower: nextTower(epoch),
    calibration: nextCalibration(epoch),
    ...nextContribution(epoch),
  }
}

function nextTower({ policy, state, synthesis, truth }: VerifiedEpoch): VerifiedState['tower'] {
  const { network, memory } = synthesis
  if (memory === null) return null
  const tower = state.verified?.tower ?? newTower(policy)
  return advanceTower(policy, tower, [{ ...rowOf(network), memory, truth }])
}

function nextContribution(epoch: VerifiedEpoch): Pick<VerifiedState, 'contribution' | 'edge'> {
  const { policy, state, contribution } = epoch
  if (contribution === null) return { contribution: null, edge: null }
  const before = state.verified?.contribution ?? newContribution()
  const edge = state.verified?.edge ?? newEdge()
  // The baseline that the network has to beat was chosen before this truth was known.
  const chosen = chooseBaseline(before.window)
  const guessed = chosen === null ? undefined : contribution.baselineLosses[chosen.candidate]
  return {
    contribution: advanceContribution(before, contribution, { memory: policy.memory, labels: countLabels(policy) }),
    edge: guessed === undefined ? edge : advanceEdge(edge, guessed - epoch.loss),
  }
}

/** Labels of a topic, 2 of an event, 0 where the truth is a number. */
function countLabels(policy: TopicPolicy): number {
  return outputKindOf(policy) === 'probability' ? 2 : policy.labels.length
}

function nextCalibration({ policy, state, synthesis, answer, truth }: VerifiedEpoch): Calibration | null {
  const calibration = calibrationOf(policy, state)
  if (calibration === null) return null
  switch (calibration.kind) {
    case 'intervals':
      if (answer.intervals === null) return calibration
      return { ...calibration, intervals: advanceIntervals(calibration.intervals, answer.intervals, truth) }
    case 'sets':
      if (answer.sets === null) return calibration
      return { ...calibration, sets: advanceLabelSets(calibration.sets, answer.sets, truth) }
    case 'reliability': {
      const probability = synthesis.network.combined[0] ?? 0
      return { ...calibration, bins: advanceReliability(calibration.bins, probability, truth) }
    }
  }
}
