import type { ScoringState } from '@starling/protocol/scoring/stateTypes'
import type { ScoringParams } from '@starling/protocol/scoring/types'
import { z } from 'zod'
import { amount, name, whole } from './fields.ts'
import { paramsSchema } from './paramsSchema.ts'
import { type PolicyJson, policySchema } from './policySchema.ts'
import { stateSchema } from './stateSchema.ts'

/** A prediction as it was sent: `value` for a number, `values` by label or level otherwise; not judged yet. */
export type RawValues = { readonly value?: unknown; readonly values?: unknown }

/** The document of `settle --input`: its shape is right, its predictions and reports are not judged yet. */
export type RawInput = {
  readonly topic: {
    readonly id: number
    readonly policy: PolicyJson
    readonly params?: Partial<ScoringParams> | undefined
  }
  readonly nonce: number
  readonly prior: ScoringState | null
  readonly priorUpdate?: ScoringState | undefined
  readonly inferences: readonly ({ readonly worker: string } & RawValues)[]
  readonly forecasts: readonly {
    readonly forecaster: string
    readonly elements: readonly { readonly inferer: string; readonly value?: unknown }[]
  }[]
  readonly reputers: readonly { readonly address: string; readonly stake: bigint; readonly value?: unknown }[]
  readonly reward: bigint
  /** A number, or numbers by label or level; not judged yet. */
  readonly lastAnswer?: unknown
  readonly missed?: { readonly inferers: readonly string[]; readonly forecasters: readonly string[] } | undefined
}

/** The work of an epoch grows with the square of the participants, so their number has an end. */
const MOST = 1024
const MOST_ELEMENTS = 4096

const raw = z.unknown().meta({ anyOf: [{ type: 'number' }, { type: 'string' }] })
const rawAnswer = z.unknown().meta({
  description: 'The newest answer that was public before: a number, numbers by label or level, or null.',
})
const rawByName = z.unknown().meta({
  type: 'object',
  additionalProperties: { anyOf: [{ type: 'number' }, { type: 'string' }] },
  description: 'By label, or by quantile level.',
})

function listOf<V>(entry: z.ZodType<V>, most: number): z.ZodType<readonly V[]> {
  return z.array(entry).max(most, { error: `has more than the ${most} entries allowed` })
}

/** Reads the shape of the document of `settle --input`. */
export const inputSchema: z.ZodType<RawInput> = z
  .strictObject({
    topic: z.strictObject({ id: whole(1), policy: policySchema, params: paramsSchema.optional() }),
    nonce: whole(0),
    prior: z.union([stateSchema, z.null()]),
    priorUpdate: stateSchema.optional(),
    inferences: listOf(z.strictObject({ worker: name, value: raw.optional(), values: rawByName.optional() }), MOST),
    forecasts: listOf(
      z.strictObject({
        forecaster: name,
        elements: listOf(z.strictObject({ inferer: name, value: raw.optional() }), MOST_ELEMENTS),
      }),
      MOST,
    ).default([]),
    reputers: listOf(z.strictObject({ address: name, stake: amount, value: raw.optional() }), MOST),
    reward: amount,
    lastAnswer: rawAnswer.optional(),
    missed: z
      .strictObject({ inferers: listOf(name, MOST).default([]), forecasters: listOf(name, MOST).default([]) })
      .meta({ description: 'Who committed and did not reveal.' })
      .optional(),
  })
  .meta({ id: 'input', description: 'Input of starling settle.' })
