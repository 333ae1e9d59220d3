import { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { ParamsSchema as MintParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { FeesParamsSchema } from '@starling/protocol/gen/starling/v1/fees_pb'
import { expect, it } from 'vitest'
import { formatParameter } from './formatParameter.ts'
import { emissionsMeanings, feesMeanings, mintMeanings } from './meanings.ts'

it.each([
  ['emissions', ParamsSchema, emissionsMeanings],
  ['mint', MintParamsSchema, mintMeanings],
  ['fees', FeesParamsSchema, feesMeanings],
] as const)('every parameter of %s has a unit and a meaning', (_name, schema, meanings) => {
  expect(Object.keys(meanings).sort()).toEqual(schema.fields.map(({ localName }) => localName).sort())
})

it.each([
  ['uallo', '1500000000000000000', '1.5 ALLO (1\u202f500\u202f000\u202f000\u202f000\u202f000\u202f000 uallo)'],
  ['uallo per gas', '10', '10 uallo per gas'],
  ['dec', '9500000000000001', '0.009500000000000001'],
  ['dec', '1000000000000000000', '1'],
  ['blocks', 1512000n, '1\u202f512\u202f000 blocks'],
  ['share', '0.25', '0.25'],
  ['switch', true, 'on'],
  ['text', '<b>\u202e', '<b>\ufffd'],
] as const)('%s %s is %s', (unit, value, text) => {
  expect(formatParameter(unit, value)).toBe(text)
})
