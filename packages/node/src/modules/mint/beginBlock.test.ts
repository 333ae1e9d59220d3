import { clone } from '@bufbuild/protobuf'
import { ParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { formatLegacyDec } from '@starling/protocol/num/legacyDec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AbciEvent } from '../../app/application.ts'
import { recordRewards } from './recordRewards.ts'
import { type MintBench, openMintBench } from './testing/mintBench.ts'
import {
  getEcosystemTokensMinted,
  getMonthlyRewards,
  getMonthsUnlocked,
  getPreviousBlockEmission,
  getPreviousEmissionPerUnitStaked,
  getPreviousReputersShare,
  getRewardCurrentBlockEmission,
  isRecalculationDue,
  setEcosystemTokensMinted,
  setMintParams,
  setPreviousBlockEmission,
  setStartHeight,
} from './view.ts'

const ALLO = 10n ** 18n
const ECOSYSTEM_SHARE = 214_500_000n * ALLO
const typesOf = (events: readonly AbciEvent[]): string[] => events.map(({ type }) => type)
const valuesOf = (events: readonly AbciEvent[], type: string): Record<string, string> =>
  Object.fromEntries(
    (events.find((event) => event.type === type)?.attributes ?? []).map(({ key, value }) => [key, value]),
  )

function switchEmission({ state }: MintBench, emissionEnabled: boolean): void {
  setMintParams(state, { ...clone(ParamsSchema, defaultMintParams), emissionEnabled })
}

describe('SPEC lifecycle 4.12 (a) the recorded block', () => {
  it('spends the fees of the block before, makes the rest and splits it to the last uallo', () => {
    const bench = openMintBench()
    const { state } = bench
    setPreviousBlockEmission(state, 7_771_369_660_570_293_973n)
    bench.fund('ecosystem', 20n)
    const events = bench.begin(5_100_967n)
    expect(bench.balanceOf('fee_collector')).toBe(1_942_842_415_142_573_493n)
    expect(bench.balanceOf('allorarewards')).toBe(5_828_527_245_427_720_480n)
    expect(bench.balanceOf('ecosystem')).toBe(0n)
    expect(bench.balanceOf('mint')).toBe(0n)
    expect(getRewardCurrentBlockEmission(state)).toBe(5_828_527_245_427_720_480n)
    expect(getEcosystemTokensMinted(state)).toBe(7_771_369_660_570_293_953n)
    expect(bench.audit()).toBe(20n + 7_771_369_660_570_293_953n)
    expect(typesOf(events)).toEqual([
      ...['coinbase', 'coin_spent', 'coin_received', 'transfer', 'mint.v3.EventEcosystemTokenMintSet'],
      ...['coin_spent', 'coin_received', 'transfer', 'coin_spent', 'coin_received', 'transfer'],
      'mint.v3.EventRewardCurrentBlockEmission',
    ])
    expect(valuesOf(events, 'mint.v3.EventEcosystemTokenMintSet')).toEqual({
      block_height: '"5100967"',
      token_amount: '"7771369660570293953"',
    })
    expect(valuesOf(events, 'mint.v3.EventRewardCurrentBlockEmission')).toEqual({
      block_height: '"5100967"',
      token_amount: '"5828527245427720480"',
    })
  })
})

describe('SPEC lifecycle 6.5 the begin of a block', () => {
  it('calculates the emission at block 1 of the chain', () => {
    const bench = openMintBench()
    bench.fund('allorastaking', 100_000_000n * ALLO)
    const events = bench.begin(1n)
    // 0.025 · 214.5/100 · 200.55/1000 = 0.01075449375 a month, below the cap 0.0095/0.25.
    expect(formatLegacyDec(getPreviousEmissionPerUnitStaked(bench.state))).toBe('0.010754493750000000')
    expect(getPreviousBlockEmission(bench.state)).toBe(1_244_733_072_916_666_666n)
    expect(valuesOf(events, 'mint.v3.EventTokenomicsSet')).toEqual({
      circulating_supply: '"200550000000000000000000000"',
      emissions_amount: '"1075449375000000000000000"',
      staked_token_amount: '"100000000000000000000000000"',
    })
    expect(typesOf(events)[0]).toBe('mint.v3.EventTokenomicsSet')
    expect(typesOf(bench.begin(2n))).not.toContain('mint.v3.EventTokenomicsSet')
  })

  it('does nothing while the emission is off, but closes the month', () => {
    const bench = openMintBench()
    switchEmission(bench, false)
    setPreviousBlockEmission(bench.state, 100n)
    bench.fund('allorastaking', ALLO)
    recordRewards(bench.state, { reputers: 1n, total: 3n })
    expect(bench.begin(11n, { blocksPerMonth: 10n })).toEqual([])
    expect(bench.audit()).toBe(ALLO)
    expect(isRecalculationDue(bench.state)).toBe(false)
    expect(formatLegacyDec(getPreviousReputersShare(bench.state))).toBe('0.333333333333333333')
    expect(getMonthlyRewards(bench.state)).toEqual({ reputers: 0n, total: 0n })
  })

  it('spends fees before it makes coins', () => {
    const bench = openMintBench()
    setPreviousBlockEmission(bench.state, 100n)
    bench.fund('ecosystem', 130n)
    expect(typesOf(bench.begin(2n))).not.toContain('coinbase')
    expect(bench.balanceOf('ecosystem')).toBe(30n)
    bench.begin(3n)
    expect(bench.balanceOf('ecosystem')).toBe(0n)
    expect(getEcosystemTokensMinted(bench.state)).toBe(70n)
    expect(bench.balanceOf('fee_collector')).toBe(50n)
    expect(bench.balanceOf('allorarewards')).toBe(150n)
    expect(bench.audit()).toBe(200n)
  })

  it('AUD-M9 lowers the emission to what is left once the treasury is exhausted', () => {
    const bench = openMintBench()
    setPreviousBlockEmission(bench.state, 100n)
    setEcosystemTokensMinted(bench.state, ECOSYSTEM_SHARE - 5n)
    bench.fund('ecosystem', 10n)
    bench.begin(2n)
    expect(getEcosystemTokensMinted(bench.state)).toBe(ECOSYSTEM_SHARE)
    expect(bench.balanceOf('fee_collector')).toBe(3n)
    expect(getRewardCurrentBlockEmission(bench.state)).toBe(12n)
    expect(typesOf(bench.begin(3n))).toEqual(['mint.v3.EventRewardCurrentBlockEmission'])
    expect(getRewardCurrentBlockEmission(bench.state)).toBe(0n)
    bench.fund('ecosystem', 8n)
    bench.begin(4n)
    expect(getRewardCurrentBlockEmission(bench.state)).toBe(6n)
    expect(getPreviousBlockEmission(bench.state)).toBe(100n)
    expect(bench.audit()).toBe(23n)
  })
})

describe('SPEC lifecycle 4.10 the month', () => {
  it('begins where (height − start) mod blocks per month is 1', () => {
    const bench = openMintBench()
    setStartHeight(bench.state, 4n)
    bench.fund('allorastaking', 100_000_000n * ALLO)
    const calculated = (height: bigint): boolean =>
      typesOf(bench.begin(height, { blocksPerMonth: 10n })).includes('mint.v3.EventTokenomicsSet')
    const heights = Array.from({ length: 30 }, (_, i) => BigInt(i) + 4n)
    expect(heights.filter(calculated)).toEqual([5n, 15n, 25n])
    expect(getMonthsUnlocked(bench.state)).toBe(2n)
  })

  it('begins with every block where it has one block', () => {
    const bench = openMintBench()
    bench.fund('allorastaking', 100_000_000n * ALLO)
    for (const height of [1n, 2n, 3n]) {
      expect(typesOf(bench.begin(height, { blocksPerMonth: 1n }))).toContain('mint.v3.EventTokenomicsSet')
    }
  })

  it("uses the reputers' share of the month before for the cap, 0.3 before the first", () => {
    const bench = openMintBench()
    expect(formatLegacyDec(getPreviousReputersShare(bench.state))).toBe('0.300000000000000000')
    // So little is staked that the cap decides.
    bench.fund('allorastaking', 1_000n * ALLO)
    bench.begin(1n, { blocksPerMonth: 10n })
    expect(formatLegacyDec(getPreviousEmissionPerUnitStaked(bench.state))).toBe('0.038000000000000000')
    recordRewards(bench.state, { reputers: 2n, total: 5n })
    recordRewards(bench.state, { reputers: 3n, total: 0n })
    bench.begin(11n, { blocksPerMonth: 10n })
    // The cap is 0.0095 now: 0.1 · 0.0095 + 0.9 · 0.038.
    expect(formatLegacyDec(getPreviousEmissionPerUnitStaked(bench.state))).toBe('0.035150000000000000')
    expect(getMonthlyRewards(bench.state)).toEqual({ reputers: 0n, total: 0n })
  })
})

describe('a calculation that has no value', () => {
  it('is tried again in every block until something is staked', () => {
    const bench = openMintBench()
    for (const height of [1n, 2n, 3n]) expect(typesOf(bench.begin(height))).not.toContain('mint.v3.EventTokenomicsSet')
    expect(isRecalculationDue(bench.state)).toBe(true)
    expect(bench.audit()).toBe(0n)
    bench.fund('allorastaking', 100_000_000n * ALLO)
    expect(typesOf(bench.begin(4n))).toContain('mint.v3.EventTokenomicsSet')
    expect(getPreviousBlockEmission(bench.state)).toBe(1_244_733_072_916_666_666n)
    expect(isRecalculationDue(bench.state)).toBe(false)
    expect(typesOf(bench.begin(5n))).not.toContain('mint.v3.EventTokenomicsSet')
  })

  it('keeps the emission of the month before', () => {
    const bench = openMintBench()
    setPreviousBlockEmission(bench.state, 100n)
    bench.begin(1n)
    expect(getRewardCurrentBlockEmission(bench.state)).toBe(75n)
    expect(getPreviousBlockEmission(bench.state)).toBe(100n)
  })

  it('ADV-01 halts no chain either where gifts to the ecosystem exceed the circulating supply', () => {
    const bench = openMintBench()
    bench.fund('allorastaking', ALLO)
    bench.fund('ecosystem', 300_000_000n * ALLO)
    bench.begin(1n)
    expect(isRecalculationDue(bench.state)).toBe(true)
    expect(getPreviousBlockEmission(bench.state)).toBe(0n)
  })

  it('has none where neither validators nor reputers share', () => {
    const bench = openMintBench()
    bench.fund('allorastaking', ALLO)
    bench.begin(1n, { validatorsShare: '0' })
    expect(isRecalculationDue(bench.state)).toBe(true)
    bench.begin(2n, { validatorsShare: '2.5e-1' })
    expect(isRecalculationDue(bench.state)).toBe(false)
  })
})

it('conserves every coin: the supply moves by exactly what is made', () => {
  const block = fc.record({
    fees: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    stake: fc.bigInt({ min: 0n, max: 10n ** 26n }),
    enabled: fc.boolean(),
    validatorsShare: fc.constantFrom('0', '0.25', '0.333333333333333333333', '1'),
    spent: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 25 }), (blocks) => {
      const bench = openMintBench()
      const { state } = bench
      if (blocks[0]?.spent) setEcosystemTokensMinted(state, ECOSYSTEM_SHARE - 10n ** 15n)
      for (const [i, { fees, stake, enabled, validatorsShare }] of blocks.entries()) {
        switchEmission(bench, enabled)
        bench.fund('ecosystem', fees)
        bench.fund('allorastaking', stake)
        const supply = bench.audit()
        const minted = getEcosystemTokensMinted(state)
        const paid = bench.balanceOf('fee_collector') + bench.balanceOf('allorarewards')
        const held = bench.balanceOf('ecosystem')
        bench.begin(BigInt(i) + 1n, { blocksPerMonth: 4n, validatorsShare })
        const made = getEcosystemTokensMinted(state) - minted
        const emission = bench.balanceOf('fee_collector') + bench.balanceOf('allorarewards') - paid
        expect(bench.audit()).toBe(supply + made)
        expect(emission).toBe(made + held - bench.balanceOf('ecosystem'))
        expect(emission <= getPreviousBlockEmission(state)).toBe(true)
        expect(getEcosystemTokensMinted(state) <= ECOSYSTEM_SHARE).toBe(true)
        if (!enabled) expect(emission).toBe(0n)
      }
    }),
    { numRuns: 60 },
  )
})
