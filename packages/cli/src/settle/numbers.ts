import { z } from 'zod'
import { decimal } from './fields.ts'

/** A number of a stored state that is finite, and no more is known of it. */
export const anyNumber: z.ZodType<number> = decimal(-Number.MAX_VALUE, Number.MAX_VALUE).meta({ id: 'number' })

/** A list of such numbers. */
export const numbers: z.ZodType<readonly number[]> = z.array(anyNumber).meta({ id: 'numbers' })
