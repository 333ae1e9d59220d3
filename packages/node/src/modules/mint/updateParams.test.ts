import { clone, create, type MessageInitShape } from '@bufbuild/protobuf'
import { RecalculateTargetEmissionRequestSchema, UpdateParamsRequestSchema } from '@starling/protocol/gen/mint/v5/tx_pb'
import { type Params, ParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { formatLegacyDec } from '@starling/protocol/num/legacyDec'
import { describe, expect, it } from 'vitest'
import type { MintTerms } from './mintTerms.ts'
import { recalculateTargetEmission } from './recalculate.ts'
import { addressOf, defaultTerms, type MintBench, openMintBench } from './testing/mintBench.ts'
import { type UpdateParamsNeeds, updateParams } from './updateParams.ts'
import {
  getMintParams,
  getMonthsUnlocked,
  getPreviousBlockEmission,
  getPreviousEmissionPerUnitStaked,
  getStartHeight,
  isRecalculationDue,
  setMintParams,
  setMonthsUnlocked,
  setRecalculationDue,
} from './view.ts'

const ALLO = 10n ** 18n
const admin = addressOf(1)
const other = addressOf(2)

/** The module `params` of the tests: one admin, and the blocks per month that the message sets. */
function paramsModule(): UpdateParamsNeeds & { terms: MintTerms } {
  const module = {
    terms: defaultTerms,
    isAdmin: (_state: unknown, address: string) => address === admin,
    setBlocksPerMonth: (_state: unknown, blocksPerMonth: bigint) => {
      module.terms = { ...module.terms, blocksPerMonth }
    },
    readTerms: () => module.terms,
  }
  return module
}

const changed = (change: Partial<Params>): Params => ({ ...clone(ParamsSchema, defaultMintParams), ...change })
const request = (fields: MessageInitShape<typeof UpdateParamsRequestSchema>) =>
  create(UpdateParamsRequestSchema, { sender: admin, params: defaultMintParams, blocksPerMonth: 864_000n, ...fields })

function switchedOff(): MintBench {
  const bench = openMintBench()
  setMintParams(bench.state, changed({ emissionEnabled: false }))
  bench.fund('allorastaking', 100_000_000n * ALLO)
  return bench
}

describe('SPEC lifecycle 2.9 UpdateParams', () => {
  it('stores a whole set and the blocks per month', () => {
    const bench = openMintBench()
    const module = paramsModule()
    const params = changed({ fEmission: '30000000000000000' })
    updateParams(bench.contextAt(7n), request({ params, blocksPerMonth: 720n }), module)
    expect(getMintParams(bench.state)).toEqual(params)
    expect(module.terms.blocksPerMonth).toBe(720n)
    expect(getStartHeight(bench.state)).toBe(0n)
    expect(getPreviousBlockEmission(bench.state)).toBe(0n)
  })

  it('counts months from the block that switches the emission on', () => {
    const bench = switchedOff()
    setMonthsUnlocked(bench.state, 3n)
    updateParams(bench.contextAt(1_000n), request({}), paramsModule())
    expect(getStartHeight(bench.state)).toBe(1_000n)
    expect(getMonthsUnlocked(bench.state)).toBe(0n)
    expect(getPreviousBlockEmission(bench.state)).toBe(0n)
    bench.begin(1_001n)
    expect(getPreviousBlockEmission(bench.state)).toBe(1_244_733_072_916_666_666n)
  })

  it('keeps the first start where the emission is switched off and on again', () => {
    const bench = switchedOff()
    const module = paramsModule()
    updateParams(bench.contextAt(1_000n), request({}), module)
    updateParams(bench.contextAt(2_000n), request({ params: changed({ emissionEnabled: false }) }), module)
    setMonthsUnlocked(bench.state, 3n)
    updateParams(bench.contextAt(3_000n), request({}), module)
    expect(getStartHeight(bench.state)).toBe(1_000n)
    expect(getMonthsUnlocked(bench.state)).toBe(3n)
  })

  it('leaves the start of a chain that had its emission from genesis', () => {
    const bench = openMintBench()
    updateParams(bench.contextAt(5n), request({}), paramsModule())
    expect(getStartHeight(bench.state)).toBe(0n)
  })

  it('calculates with the whole height of the chain where it also switches on', () => {
    const bench = switchedOff()
    const message = request({ recalculateTargetEmission: true, blocksPerMonth: 100n })
    updateParams(bench.contextAt(1_250n), message, paramsModule())
    expect(getStartHeight(bench.state)).toBe(1_250n)
    // Month 12 by the height of the chain, with no rate before: 0.1 of the new one, which is at the cap 0.0095/0.475.
    expect(getMonthsUnlocked(bench.state)).toBe(12n)
    expect(formatLegacyDec(getPreviousEmissionPerUnitStaked(bench.state))).toBe('0.002000000000000000')
  })

  it.each<[string, number, string, RegExp, MessageInitShape<typeof UpdateParamsRequestSchema>]>([
    ['mint', 8, 'a stranger', /an admin must send this/, { sender: other }],
    ['sdk', 18, 'no blocks per month', /blocks_per_month must be above 0/, { blocksPerMonth: 0n }],
    [
      'sdk',
      18,
      'a share above 1',
      /params\.f_emission must be from 0 to 1/,
      { params: changed({ fEmission: '9'.repeat(30) }) },
    ],
    ['sdk', 18, 'an empty set', /params\.mint_denom must be uallo/, { params: {} }],
    [
      'sdk',
      18,
      'shares that miss 1',
      /params\.ecosystem_treasury_percent/,
      { params: changed({ teamPercentOfTotalSupply: '0' }) },
    ],
  ])('refuses with %s %d: %s', (codespace, number, _what, message, fields) => {
    const bench = openMintBench()
    const refused = () => updateParams(bench.contextAt(1n), request(fields), paramsModule())
    expect(refused).toThrow(expect.objectContaining({ codespace, number, message: expect.stringMatching(message) }))
    expect(getMintParams(bench.state)).toBe(defaultMintParams)
  })

  it('refuses a message without parameters', () => {
    const bench = openMintBench()
    const message = create(UpdateParamsRequestSchema, { sender: admin, blocksPerMonth: 1n })
    expect(() => updateParams(bench.contextAt(1n), message, paramsModule())).toThrow(/params must be a whole set/)
  })

  it('refuses a calculation that has no value', () => {
    const bench = openMintBench()
    const asked = () => updateParams(bench.contextAt(1n), request({ recalculateTargetEmission: true }), paramsModule())
    expect(asked).toThrow(expect.objectContaining({ codespace: 'mint', number: 5 }))
    bench.fund('ecosystem', 300_000_000n * ALLO)
    expect(asked).toThrow(expect.objectContaining({ codespace: 'mint', number: 6 }))
  })
})

describe('SPEC lifecycle 2.9 RecalculateTargetEmission', () => {
  const recalculate = (bench: MintBench, sender: string) => {
    const message = create(RecalculateTargetEmissionRequestSchema, { sender })
    return recalculateTargetEmission(bench.contextAt(5n), message, paramsModule())
  }

  it('calculates for an admin, and what had fallen due is done', () => {
    const bench = openMintBench()
    bench.fund('allorastaking', 100_000_000n * ALLO)
    setRecalculationDue(bench.state, true)
    recalculate(bench, admin)
    expect(getPreviousBlockEmission(bench.state)).toBe(1_244_733_072_916_666_666n)
    expect(isRecalculationDue(bench.state)).toBe(false)
  })

  it('refuses a stranger, and a calculation that has no value', () => {
    const bench = openMintBench()
    expect(() => recalculate(bench, other)).toThrow(expect.objectContaining({ codespace: 'mint', number: 8 }))
    expect(() => recalculate(bench, admin)).toThrow(/while the sum of all stakes is 0/)
  })
})
