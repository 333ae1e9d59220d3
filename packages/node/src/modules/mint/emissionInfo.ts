import { create } from '@bufbuild/protobuf'
import {
  type QueryServiceEmissionInfoResponse,
  QueryServiceEmissionInfoResponseSchema,
} from '@starling/protocol/gen/mint/v5/query_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { StateReader } from '../../app/context.ts'
import { QueryError } from '../../app/queryError.ts'
import { getBalance } from '../bank/view.ts'
import { calculateEmission, getStakedTokens } from './calculateEmission.ts'
import { emissionError } from './emissionError.ts'
import { type MintTerms, readValidatorsShare } from './mintTerms.ts'
import {
  getMintParams,
  getMonthsUnlocked,
  getPreviousBlockEmission,
  getPreviousReputersShare,
  getStartHeight,
} from './view.ts'

/**
 * Every figure of the emission as a calculation at this height would give it; nothing is written. SPEC wire 1.7
 *
 * Where the emission has no value (nothing is staked yet) there is no answer but the reason.
 */
export function emissionInfo(state: StateReader, terms: MintTerms, height: bigint): QueryServiceEmissionInfoResponse {
  const startHeight = getStartHeight(state)
  const emission = calculateEmission(state, terms, height - startHeight)
  if ('fault' in emission) throw new QueryError('FAILED_PRECONDITION', emissionError(emission).message)
  const { vesting } = emission
  const params = getMintParams(state)
  const { last, next } = monthOf(startHeight, height, terms.blocksPerMonth)
  return create(QueryServiceEmissionInfoResponseSchema, {
    params,
    ecosystemBalance: getBalance(state, moduleAddresses.ecosystem).toString(),
    previousBlockEmission: getPreviousBlockEmission(state).toString(),
    ecosystemMintSupplyRemaining: emission.ecosystemMintSupplyRemaining.toString(),
    blocksPerMonth: terms.blocksPerMonth,
    blockHeightTargetEILastCalculated: last,
    blockHeightTargetEINextCalculated: next,
    networkStakedTokens: getStakedTokens(state).toString(),
    lockedVestingTokensTotal: vesting.total.toString(),
    lockedVestingTokensInvestorsPreseed: vesting.preseed.toString(),
    lockedVestingTokensInvestorsSeed: vesting.investors.toString(),
    lockedVestingTokensTeam: vesting.team.toString(),
    lockedVestingTokensFoundation: vesting.foundation.toString(),
    ecosystemLocked: emission.ecosystemLocked.toString(),
    circulatingSupply: emission.circulatingSupply.toString(),
    maxSupply: params.maxSupply,
    targetEmissionRatePerUnitStakedToken: emission.targetRate.toString(),
    reputersPercent: getPreviousReputersShare(state).toString(),
    validatorsPercent: readValidatorsShare(terms.validatorsShare).toString(),
    maximumMonthlyEmissionPerUnitStakedToken: emission.maximumRate.toString(),
    targetRewardEmissionPerUnitStakedToken: emission.cappedRate.toString(),
    emissionPerUnitStakedToken: emission.emissionPerUnitStaked.toString(),
    emissionPerMonth: emission.emissionPerMonth.toString(),
    blockEmission: emission.blockEmission.toString(),
    validatorCut: emission.validatorCut.toString(),
    alloraRewardsCut: emission.alloraRewardsCut.toString(),
    previousRewardEmissionPerUnitStakedToken: emission.previousRate.toString(),
    monthsAlreadyUnlocked: getMonthsUnlocked(state).toString(),
    updatedMonthsUnlocked: vesting.months.toString(),
    startingEmissionsBlockHeight: startHeight,
  })
}

/** First block of the month that a height is in, 0 before the first month, and of the month after it. */
function monthOf(start: bigint, height: bigint, blocksPerMonth: bigint): { last: bigint; next: bigint } {
  if (height <= start) return { last: 0n, next: start + 1n }
  const last = start + ((height - start - 1n) / blocksPerMonth) * blocksPerMonth + 1n
  return { last, next: last + blocksPerMonth }
}
