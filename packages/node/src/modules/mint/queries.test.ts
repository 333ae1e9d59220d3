import { create, toBinary } from '@bufbuild/protobuf'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import {
  type QueryServiceEmissionInfoResponse,
  QueryServiceEmissionInfoResponseSchema,
  type QueryServiceInflationResponse,
  QueryServiceParamsResponseSchema,
} from '@starling/protocol/gen/mint/v5/query_pb'
import { legacyDecFields } from '@starling/protocol/modules/mint/legacyDecFields'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { describe, expect, it } from 'vitest'
import type { QueryError } from '../../app/queryError.ts'
import { mintQueries } from './queries.ts'
import { defaultTerms, type MintBench, openMintBench } from './testing/mintBench.ts'
import { setPreviousBlockEmission, setStartHeight } from './view.ts'

const ALLO = 10n ** 18n

function ask(bench: MintBench, method: string, height: bigint, blocksPerMonth: bigint = defaultTerms.blocksPerMonth) {
  const row = mintQueries(() => ({ ...defaultTerms, blocksPerMonth })).find(({ grpc }) => grpc.endsWith(`/${method}`))
  if (row === undefined) throw new Error(`no query ${method}`)
  return row.run({ state: bench.state, chainId: 'starling-test-1', height }, create(row.request))
}

function emissionInfo(bench: MintBench, height: bigint, blocksPerMonth?: bigint): QueryServiceEmissionInfoResponse {
  return ask(bench, 'EmissionInfo', height, blocksPerMonth) as QueryServiceEmissionInfoResponse
}

function refusal(answer: () => unknown): QueryError {
  try {
    answer()
  } catch (error) {
    return error as QueryError
  }
  throw new Error('there was an answer')
}

describe('SPEC wire 1.7 mint.v5.QueryService', () => {
  it('has the paths of the reference', () => {
    expect(mintQueries(() => defaultTerms).map(({ grpc, rest }) => [grpc, rest])).toEqual([
      ['/mint.v5.QueryService/Params', '/mint/v5/params'],
      ['/mint.v5.QueryService/Inflation', '/mint/v5/inflation'],
      ['/mint.v5.QueryService/EmissionInfo', '/mint/v5/emission_info'],
    ])
  })

  it('answers the parameters', () => {
    const answer = ask(openMintBench(), 'Params', 1n)
    expect(answer).toEqual(create(QueryServiceParamsResponseSchema, { params: defaultMintParams }))
  })

  it('answers every figure of the emission', () => {
    const bench = openMintBench()
    bench.fund('allorastaking', 100_000_000n * ALLO)
    bench.begin(1n)
    const answer = emissionInfo(bench, 1n)
    const { $typeName: _name, params, ...figures } = answer
    expect(params).toEqual(defaultMintParams)
    expect(figures).toEqual({
      ecosystemBalance: '0',
      previousBlockEmission: '1244733072916666666',
      ecosystemMintSupplyRemaining: '214499998755266927083333334',
      blocksPerMonth: 864_000n,
      blockHeightTargetEILastCalculated: 1n,
      blockHeightTargetEINextCalculated: 864_001n,
      networkStakedTokens: '100000000000000000000000000',
      lockedVestingTokensTotal: '584950000000000000000000000',
      lockedVestingTokensInvestorsPreseed: '50000000000000000000000000',
      lockedVestingTokensInvestorsSeed: '260500000000000000000000000',
      lockedVestingTokensTeam: '175000000000000000000000000',
      lockedVestingTokensFoundation: '99450000000000000000000000',
      ecosystemLocked: '214499998755266927083333334',
      circulatingSupply: '200550001244733072916666666',
      maxSupply: '1000000000000000000000000000',
      targetEmissionRatePerUnitStakedToken: '10754493754341006',
      reputersPercent: '0',
      validatorsPercent: '250000000000000000',
      maximumMonthlyEmissionPerUnitStakedToken: '38000000000000000',
      targetRewardEmissionPerUnitStakedToken: '10754493754341006',
      emissionPerUnitStakedToken: '10754493754341006',
      emissionPerMonth: '1075449375434100600000000',
      blockEmission: '1244733073419097916',
      validatorCut: '311183268354774479',
      alloraRewardsCut: '933549805064323437',
      previousRewardEmissionPerUnitStakedToken: '10754493754341006',
      monthsAlreadyUnlocked: '0',
      updatedMonthsUnlocked: '0',
      startingEmissionsBlockHeight: 0n,
    })
    expect(toBinary(QueryServiceEmissionInfoResponseSchema, answer).length).toBeGreaterThan(0)
  })

  it.each([
    [4n, 0n, 5n],
    [5n, 5n, 15n],
    [14n, 5n, 15n],
    [15n, 15n, 25n],
    [34n, 25n, 35n],
  ])('at height %d says that the month began at %d and the next begins at %d', (height, last, next) => {
    const bench = openMintBench()
    bench.fund('allorastaking', ALLO)
    setStartHeight(bench.state, 4n)
    expect(emissionInfo(bench, height, 10n)).toMatchObject({
      blockHeightTargetEILastCalculated: last,
      blockHeightTargetEINextCalculated: next,
    })
  })

  it('gives the reason where nothing is staked', () => {
    const error = refusal(() => emissionInfo(openMintBench(), 1n))
    expect(error).toMatchObject({ status: 'FAILED_PRECONDITION', message: expect.stringContaining('all stakes is 0') })
  })

  it('answers the inflation in per cent a year of the circulating supply', () => {
    const bench = openMintBench()
    setPreviousBlockEmission(bench.state, ALLO)
    const { inflation } = ask(bench, 'Inflation', 1n) as QueryServiceInflationResponse
    // 864000 · 12 / 200550000, cut at 18 digits, · 100.
    expect(fromUtf8(inflation)).toBe('5169783096484667100')
    bench.fund('ecosystem', 300_000_000n * ALLO)
    expect(refusal(() => ask(bench, 'Inflation', 1n)).status).toBe('FAILED_PRECONDITION')
  })

  it('marks the figures that are decimals', () => {
    const marked = QueryServiceEmissionInfoResponseSchema.fields
      .map(({ name, parent }) => `${parent.typeName}.${name}`)
      .filter((name) => legacyDecFields.has(name))
    expect(marked).toHaveLength(7)
    expect(legacyDecFields.size).toBe(9 + 7 + 1)
  })
})
