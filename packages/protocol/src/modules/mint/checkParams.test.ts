import { clone, type MessageInitShape } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { ParamsSchema } from '../../gen/mint/v5/types_pb.ts'
import { formatLegacyDec } from '../../num/legacyDec.ts'
import { checkParams, mintFractions } from './checkParams.ts'
import { mintError } from './errors.ts'
import { legacyDecFields } from './legacyDecFields.ts'
import { defaultMintParams } from './params.ts'

type Change = Omit<MessageInitShape<typeof ParamsSchema>, '$typeName' | '$unknown'>
const check = (change: Change) => checkParams({ ...clone(ParamsSchema, defaultMintParams), ...change })
const ONE = 10n ** 18n

describe('SPEC lifecycle 6.6 the mint parameters', () => {
  it('AUD-M3 have the defaults of the reference', () => {
    const params = check({})
    if ('fault' in params) throw new Error(params.fault)
    expect(params).toMatchObject({ mintDenom: 'uallo', maxSupply: 10n ** 27n, emissionEnabled: true })
    expect(mintFractions.map((field) => [field, formatLegacyDec(params[field]).replace(/0+$/, '')])).toEqual([
      ['fEmission', '0.025'],
      ['oneMonthSmoothingDegree', '0.1'],
      ['maximumMonthlyPercentageYield', '0.0095'],
      ['ecosystemTreasuryPercentOfTotalSupply', '0.2145'],
      ['foundationTreasuryPercentOfTotalSupply', '0.225'],
      ['participantsPercentOfTotalSupply', '0.075'],
      ['investorsPercentOfTotalSupply', '0.2605'],
      ['investorsPreseedPercentOfTotalSupply', '0.05'],
      ['teamPercentOfTotalSupply', '0.175'],
    ])
  })

  it.each(mintFractions)('%s is from 0 to 1', (field) => {
    for (const text of ['', '-1', '0.5', 'NaN', (ONE + 1n).toString(), '9'.repeat(10_000)]) {
      const fault = check({ [field]: text })
      expect(fault).toMatchObject({ field, fault: expect.stringMatching(/^must be from 0 to 1/) })
      expect(JSON.stringify(fault).length).toBeLessThan(300)
    }
  })

  it.each(['fEmission', 'oneMonthSmoothingDegree', 'maximumMonthlyPercentageYield'])('%s may be 0 and 1', (field) => {
    for (const text of ['0', ONE.toString()]) expect(check({ [field]: text })).not.toHaveProperty('fault')
  })

  it.each<[string, Change]>([
    ['mintDenom', { mintDenom: 'uatom' }],
    ['mintDenom', { mintDenom: '' }],
    ['maxSupply', { maxSupply: '0' }],
    ['maxSupply', { maxSupply: '-1' }],
    ['maxSupply', { maxSupply: (1n << 256n).toString() }],
  ])('names a faulty %s', (field, change) => expect(check(change)).toMatchObject({ field }))

  it('wants the six shares to add up to exactly 1', () => {
    const short = check({ teamPercentOfTotalSupply: '174999999999999999' })
    expect(short).toEqual({
      field: 'ecosystemTreasuryPercentOfTotalSupply',
      fault: 'must make the six shares of the total supply add up to 1, they add up to 0.999999999999999999',
    })
    const moved = {
      teamPercentOfTotalSupply: '174999999999999999',
      participantsPercentOfTotalSupply: '75000000000000001',
    }
    expect(check(moved)).not.toHaveProperty('fault')
  })

  it('prints as decimals in JSON where it holds whole numbers of 10^-18', () => {
    const fractions = ParamsSchema.fields.filter(({ name }) => legacyDecFields.has(`mint.v5.Params.${name}`))
    expect(fractions.map(({ localName }) => localName).toSorted()).toEqual(mintFractions.toSorted())
  })
})

it('SPEC lifecycle 2.10 has the numbers of the reference', () => {
  const numbers = [
    mintError('NEGATIVE_TARGET_EMISSION', { emission: '-1' }),
    mintError('INVALID_PREVIOUS_REWARD', { got: '-1' }),
    mintError('INVALID_ECOSYSTEM_TOKENS_MINTED', { got: '-1' }),
    mintError('ZERO_DENOMINATOR', { what: 'the sum of all stakes' }),
    mintError('NEGATIVE_CIRCULATING_SUPPLY', { supply: -1n }),
    mintError('NOT_FOUND', { what: 'x' }),
    mintError('UNAUTHORIZED', { address: 'allo1x' }),
  ].map(({ codespace, number }) => `${codespace} ${number}`)
  expect(numbers).toEqual(['mint 2', 'mint 3', 'mint 4', 'mint 5', 'mint 6', 'mint 7', 'mint 8'])
})
