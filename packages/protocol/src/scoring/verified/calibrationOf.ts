import { newIntervals } from '../intervals/newIntervals.ts'
import { newLabelSets } from '../intervals/newLabelSets.ts'
import { newReliability } from '../intervals/newReliability.ts'
import { outputKindOf } from '../losses/outputKindOf.ts'
import type { ScoringState } from '../stateTypes.ts'
import type { TopicPolicy } from '../types.ts'
import type { Calibration } from './verifiedTypes.ts'

/**
 * What a topic's answers are held against so far; null where the policy asks for no conformal intervals, and for quantiles,
 * which are intervals themselves. SPEC VT-7
 */
export function calibrationOf(policy: TopicPolicy, state: ScoringState): Calibration | null {
  return policy.intervals === 'conformal' ? (state.verified?.calibration ?? newCalibration(policy)) : null
}

function newCalibration(policy: TopicPolicy): Calibration | null {
  switch (outputKindOf(policy)) {
    case 'number':
      return { kind: 'intervals', intervals: newIntervals() }
    case 'labels':
      return { kind: 'sets', sets: newLabelSets() }
    case 'probability':
      return { kind: 'reliability', bins: newReliability() }
    case 'quantiles':
      return null
  }
}
