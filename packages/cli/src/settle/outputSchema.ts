import type { AttributedLosses, NetworkLosses } from '@starling/protocol/scoring/types'
import { z } from 'zod'
import type { Role, SettleOutput, ShownContribution, ShownInterval, ShownNetwork, ShownValues } from './outputTypes.ts'
import { stateSchema } from './stateSchema.ts'

const number = z.number()
const text = z.string()
const uallo = text.regex(/^[0-9]+$/).meta({ description: 'uallo' })
const orNull = <V>(schema: z.ZodType<V>): z.ZodType<V | null> => z.union([schema, z.null()])

const shown: z.ZodType<ShownValues> = z
  .union([number, z.null(), z.record(text, orNull(number))])
  .meta({ description: 'A number, or numbers by label or quantile level.' })
const values = { value: shown.optional(), values: shown.optional() }
const attributed = z.array(z.object({ worker: text, ...values }))

const network: z.ZodType<ShownNetwork> = z.object({
  combined: shown,
  naive: shown,
  inferers: attributed,
  forecasters: attributed,
  oneOutInferers: attributed,
  oneOutForecasters: attributed,
  oneInForecasters: attributed,
  oneOutInfererForecasters: z.array(z.object({ forecaster: text, withheldInferer: text, ...values })),
})

const lossesOf: z.ZodType<AttributedLosses> = z.array(z.object({ worker: text, loss: number }))
const losses: z.ZodType<NetworkLosses> = z.object({
  combined: number,
  naive: number,
  inferers: lossesOf,
  forecasters: lossesOf,
  oneOutInferers: lossesOf,
  oneOutForecasters: lossesOf,
  oneInForecasters: lossesOf,
  oneOutInfererForecasters: z.array(z.object({ forecaster: text, withheldInferer: text, loss: number })),
})

const role: z.ZodType<Role> = z.enum(['inferer', 'forecaster', 'reputer'])
const who = { address: text, role }

const interval: z.ZodType<ShownInterval> = z.union([
  z.object({ level: number, lower: number, upper: number }),
  z.object({ level: number, labels: z.array(text) }),
])
const contribution: z.ZodType<ShownContribution> = z.object({
  baselines: z.array(z.object({ loss: number, ...values })),
  chosen: orNull(z.int()),
  bound: number,
  shares: z.array(z.object({ ...who, skill: number, weight: number, share: number })),
})

/** What `settle --json` prints, for its documentation and its test. */
export const outputSchema: z.ZodType<SettleOutput> = z
  .object({
    topic: z.int(),
    nonce: z.int(),
    status: z.enum(['settled', 'void', 'contested']),
    reason: text.exactOptional(),
    truth: z.union([number, text, z.null()]),
    network: orNull(network),
    losses: orNull(losses).meta({ description: 'By the loss of the topic.' }),
    logLosses: orNull(losses).meta({ description: 'log10(loss + floor), the scale of regrets and forecasts.' }),
    regrets: orNull(z.array(z.object({ ...who, regret: orNull(number) }))),
    weights: orNull(z.array(z.object({ ...who, weight: number }))).meta({ description: 'Shares, which sum to 1.' }),
    scores: orNull(z.array(z.object({ ...who, score: number }))),
    split: z.object({ inferers: number, forecasters: number, reputers: number }),
    rewards: z.array(z.object({ ...who, amount: uallo })),
    reward: uallo,
    unpaid: uallo,
    intervals: z.array(interval).meta({ description: 'By ascending level; empty without.' }),
    edge: orNull(z.object({ shown: z.boolean(), eValue: number, n: z.int() })),
    contribution: orNull(contribution).meta({ description: 'Of topics with contribution pay.' }),
    skipped: z.array(z.object({ who: text, field: text, reason: text })),
    state: stateSchema,
  })
  .meta({ id: 'output', description: 'Output of starling settle --json; null = not defined, because of the reason.' })
