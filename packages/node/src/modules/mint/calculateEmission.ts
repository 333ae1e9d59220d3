import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { computeEmission, type Emission, type EmissionFault } from '@starling/protocol/modules/mint/computeEmission'
import { computeSupply, type Supply, type SupplyInput } from '@starling/protocol/modules/mint/computeSupply'
import type { StateReader } from '../../app/context.ts'
import { getBalance } from '../bank/view.ts'
import { type MintTerms, readValidatorsShare } from './mintTerms.ts'
import {
  getEcosystemTokensMinted,
  getMonthsUnlocked,
  getPreviousEmissionPerUnitStaked,
  getPreviousReputersShare,
  readMintParams,
} from './view.ts'

/** The emission that the state gives now, `blocksSinceStart` blocks after its start; nothing is written. */
export function calculateEmission(
  state: StateReader,
  terms: MintTerms,
  blocksSinceStart: bigint,
): Emission | EmissionFault {
  return computeEmission({
    ...readSupplyInput(state, terms, blocksSinceStart),
    stakedTokens: getStakedTokens(state),
    validatorsShare: readValidatorsShare(terms.validatorsShare),
    reputersShare: getPreviousReputersShare(state),
    previousEmissionPerUnitStaked: getPreviousEmissionPerUnitStaked(state),
  })
}

/** The notional supply that the state gives now. */
export function calculateSupply(state: StateReader, terms: MintTerms, blocksSinceStart: bigint): Supply {
  return computeSupply(readSupplyInput(state, terms, blocksSinceStart))
}

/** All stakes in uallo: the balance of `allorastaking`, which the books of the stakes equal (SPEC lifecycle 10). */
export function getStakedTokens(state: StateReader): bigint {
  return getBalance(state, moduleAddresses.allorastaking)
}

function readSupplyInput(state: StateReader, { blocksPerMonth }: MintTerms, blocksSinceStart: bigint): SupplyInput {
  return {
    params: readMintParams(state),
    ecosystemBalance: getBalance(state, moduleAddresses.ecosystem),
    ecosystemTokensMinted: getEcosystemTokensMinted(state),
    blocksSinceStart,
    blocksPerMonth,
    monthsUnlocked: getMonthsUnlocked(state),
  }
}
