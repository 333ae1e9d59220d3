import type { ContributionState, ContributorState } from '@starling/protocol/scoring/contribution/contributionTypes'
import type { EdgeState } from '@starling/protocol/scoring/edge/edgeTypes'
import type { Calibration, VerifiedState } from '@starling/protocol/scoring/verified/verifiedTypes'
import { z } from 'zod'
import { whole } from './fields.ts'
import { anyNumber, numbers } from './numbers.ts'
import { recordByAddress } from './recordByAddress.ts'
import { towerSchema } from './towerSchema.ts'

const count = whole(0)
const orNull = <V>(schema: z.ZodType<V>): z.ZodType<V | null> => z.union([schema, z.null()])

const contributor: z.ZodType<ContributorState> = z
  .strictObject({
    entries: z.array(z.union([anyNumber, z.literal('absent'), z.literal('missed')])),
    residuals: z.array(numbers),
  })
  .meta({ id: 'contributor' })

const contribution: z.ZodType<ContributionState> = z.strictObject({
  baseline: z.strictObject({ truths: numbers, epochs: count, mean: anyNumber, counts: z.array(count) }),
  window: z.array(z.strictObject({ baselines: numbers, absentLoss: anyNumber, absentGain: anyNumber })),
  workers: recordByAddress(contributor),
  forecasters: recordByAddress(contributor),
})

const ledger = z
  .strictObject({
    epochs: count,
    levels: z.array(z.strictObject({ level: anyNumber, hits: count, width: anyNumber })),
  })
  .meta({ id: 'ledger' })
const adaptive = { targets: numbers, scores: numbers, ledger }

const calibration: z.ZodType<Calibration> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('intervals'), intervals: z.strictObject({ ...adaptive, meanError: anyNumber }) }),
  z.strictObject({ kind: z.literal('sets'), sets: z.strictObject(adaptive) }),
  z.strictObject({
    kind: z.literal('reliability'),
    bins: z.array(z.strictObject({ n: count, probability: anyNumber, events: count })),
  }),
])

const edge: z.ZodType<EdgeState> = z.strictObject({ n: count, meanSize: anyNumber, bets: numbers })

/** What the rules of a verified topic carry; null for a rule that the topic does not have. */
export const verifiedSchema: z.ZodType<VerifiedState> = z
  .strictObject({
    tower: orNull(towerSchema),
    contribution: orNull(contribution),
    calibration: orNull(calibration),
    edge: orNull(edge),
  })
  .meta({ id: 'verified', description: 'What the rules of a verified topic carry from epoch to epoch.' })
