import { compareAddress } from '@starling/protocol/num/compareAddress'
import type { ForecasterState, InfererState, ReputerState, ScoringState } from '@starling/protocol/scoring/types'
import { z } from 'zod'
import { decimal, name, whole } from './fields.ts'

/** Regrets and scores are differences of logarithms of doubles: far inside this, and nothing overflows up to it. */
const LARGEST = 1e9
const finite = decimal(-LARGEST, LARGEST)
const atLeastZero = decimal(0, LARGEST)
const fraction = decimal(0, 1)
const orNull = (schema: z.ZodType<number>): z.ZodType<number | null> => z.union([schema, z.null()])

/** A record by address, brought into address order, which the scoring relies on. */
function byAddress<V>(entry: z.ZodType<V>): z.ZodType<Readonly<Record<string, V>>> {
  return z
    .record(name, entry)
    .transform((record) => Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compareAddress(a, b))))
}

const regretsBy = byAddress(finite)

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

/** What a topic's scoring carries from epoch to epoch: the `state` of one settlement is the `prior` of the next. */
export const stateSchema: z.ZodType<ScoringState> = z
  .strictObject({
    initialRegret: finite,
    regretScale: atLeastZero,
    combinedLoss: orNull(finite),
    inferers: byAddress(inferer),
    forecasters: byAddress(forecaster),
    reputers: byAddress(reputer),
    infererScores: z.array(finite),
    forecasterScores: z.array(finite),
    forecasterScoreRatio: finite,
    inferenceMadEma: decimal(0, 1e150),
  })
  .meta({ id: 'state', description: 'What the scoring carries from epoch to epoch.' })
