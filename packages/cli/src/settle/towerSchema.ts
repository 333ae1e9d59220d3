import type { TowerState } from '@starling/protocol/scoring/tower/towerTypes'
import { z } from 'zod'
import { name, whole } from './fields.ts'
import { anyNumber, numbers } from './numbers.ts'

/** Places and counts that are stored in 32 bits. */
const place = whole(0, 2 ** 32 - 1)
const rows = z.array(numbers).meta({ id: 'rows' })
const count = whole(0)
const key = z.string().max(1000)

const mlPoly = z.strictObject({ regrets: numbers, inverseRates: numbers, largest: anyNumber }).meta({ id: 'mlPoly' })
const boa = z.strictObject({ variances: numbers, sums: numbers }).meta({ id: 'boa' })
const fixedShare = z
  .strictObject({ weights: rows, losses: numbers, best: place, regretSum: anyNumber, lessons: count })
  .meta({ id: 'fixedShare' })
const guard = z.strictObject({ records: numbers, spread: anyNumber, lessons: count }).meta({ id: 'guard' })
const recent = z.strictObject({ losses: numbers, counts: numbers }).meta({ id: 'recent' })
const equations = {
  chosen: z.array(place),
  moments: z.array(z.strictObject({ matrix: rows, vector: numbers })),
  coefficients: rows,
  losses: numbers,
  best: place,
}

const point = z.strictObject({
  kind: z.literal('point'),
  mlPoly,
  fixedShare,
  boa,
  ridge: z.strictObject({ ...equations, trace: anyNumber }),
  regret: z.strictObject({ regrets: numbers, lessons: z.array(place), initial: anyNumber }),
  second: boa,
  guard,
})

const keyed = z.strictObject({
  kind: z.literal('keyed'),
  mlPoly,
  boa,
  fixedShare,
  recent,
  byKey: z.strictObject({ common: recent, keys: z.array(key), own: z.array(recent) }),
  correction: z.strictObject({ ...equations, powers: numbers, unit: anyNumber, keys: z.array(key), errors: rows }),
  second: boa,
  guard,
})

const labels = z.strictObject({
  kind: z.literal('labels'),
  exponent: anyNumber,
  curvature: anyNumber,
  bayes: numbers,
  recent: numbers.nullable().default(null),
  boa,
  mlPoly,
  second: numbers,
})

/** What the tower carries from epoch to epoch. */
export const towerSchema: z.ZodType<TowerState> = z.strictObject({
  members: z.array(name),
  lastAwake: z.array(count),
  lessons: count,
  layers: z.discriminatedUnion('kind', [point, keyed, labels]),
})
