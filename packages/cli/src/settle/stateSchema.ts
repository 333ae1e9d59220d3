import { ProtocolError } from '@starling/protocol/errors'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import type { ForecasterState, InfererState, ReputerState, ScoringState } from '@starling/protocol/scoring/stateTypes'
import { z } from 'zod'
import { decimal, whole } from './fields.ts'
import { recordByAddress } from './recordByAddress.ts'
import { verifiedSchema } from './verifiedSchema.ts'

/** Regrets and scores are differences of logarithms of doubles: far inside this, and nothing overflows up to it. */
const LARGEST = 1e9
const finite = decimal(-LARGEST, LARGEST)
const atLeastZero = decimal(0, LARGEST)
const fraction = decimal(0, 1)
const orNull = (schema: z.ZodType<number>): z.ZodType<number | null> => z.union([schema, z.null()])

const regretsBy = recordByAddress(finite)

const inferer: z.ZodType<InfererState> = z.strictObject({
  regret: orNull(finite),
  naiveRegret: orNull(finite),
  withoutInferer: regretsBy,
  withoutForecaster: regretsBy,
  withForecaster: regretsBy,
  weight: atLeastZero,
  inclusions: whole(0),
  rewardFraction: orNull(fraction),
  lastNonce: whole(0),
})

const forecaster: z.ZodType<ForecasterState> = z.strictObject({
  regret: orNull(finite),
  withoutInferer: regretsBy,
  withoutForecaster: regretsBy,
  withSelf: orNull(finite),
  weight: atLeastZero,
  inclusions: whole(0),
  rewardFraction: orNull(fraction),
  lastNonce: whole(0),
})

const reputer: z.ZodType<ReputerState> = z.strictObject({
  listeningCoefficient: fraction,
  rewardFraction: orNull(fraction),
  lastNonce: whole(0),
})

/** Lists that fit each other: what cannot be stored is no state. */
function refuseMisfits({ verified }: ScoringState, context: z.RefinementCtx): void {
  if (verified === undefined) return
  try {
    decodeScoringState(encodeScoringState({ ...emptyScoringState(), verified }))
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    context.addIssue({ code: 'custom', path: ['verified'], message: `does not fit together: ${error.message}` })
  }
}

/** What a topic's scoring carries from epoch to epoch: the `state` of one settlement is the `prior` of the next. */
export const stateSchema: z.ZodType<ScoringState> = z
  .strictObject({
    initialRegret: finite,
    regretScale: atLeastZero,
    combinedLoss: orNull(finite),
    inferers: recordByAddress(inferer),
    forecasters: recordByAddress(forecaster),
    reputers: recordByAddress(reputer),
    infererScores: z.array(finite),
    forecasterScores: z.array(finite),
    forecasterScoreRatio: finite,
    inferenceMadEma: decimal(0, 1e150),
    verified: verifiedSchema.exactOptional(),
  })
  .superRefine(refuseMisfits)
  .meta({ id: 'state', description: 'What the scoring carries from epoch to epoch.' })
