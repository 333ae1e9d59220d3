import type { ScoringState } from './stateTypes.ts'

/** The scoring state of a new topic: nobody known, the all-new mode on. */
export function emptyScoringState(): ScoringState {
  return {
    initialRegret: 0,
    regretScale: 0,
    combinedLoss: null,
    inferers: {},
    forecasters: {},
    reputers: {},
    infererScores: [],
    forecasterScores: [],
    forecasterScoreRatio: 0,
    inferenceMadEma: 0,
  }
}
