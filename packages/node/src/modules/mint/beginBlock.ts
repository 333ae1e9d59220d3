import {
  EventEcosystemTokenMintSetSchema,
  EventRewardCurrentBlockEmissionSchema,
} from '@starling/protocol/gen/mint/v3/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { splitEmission } from '@starling/protocol/modules/mint/computeEmission'
import { computeMintSupplyRemaining } from '@starling/protocol/modules/mint/computeSupply'
import { decOf, decOfScaled, quoDec } from '@starling/protocol/num/legacyDec'
import type { Context, State } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { mintCoins } from '../bank/mintCoins.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { getBalance } from '../bank/view.ts'
import { type MintTerms, readValidatorsShare } from './mintTerms.ts'
import { recalculateEmission } from './recalculateEmission.ts'
import {
  getEcosystemTokensMinted,
  getMonthlyRewards,
  getPreviousBlockEmission,
  getStartHeight,
  isRecalculationDue,
  readMintParams,
  setEcosystemTokensMinted,
  setMonthlyRewards,
  setPreviousReputersShare,
  setRecalculationDue,
  setRewardCurrentBlockEmission,
} from './view.ts'

/**
 * The emission of a block: fees that the ecosystem account holds are spent first, the rest is made. SPEC lifecycle 6.5
 *
 * A month begins where (height − start) mod `blocksPerMonth` is 1. The calculation that then falls due has no value
 * while nothing is staked or more is locked than may exist; the reference ends the block with an error there. Here the
 * last block emission stays, and every next block tries again until the calculation succeeds: no state of the stakes
 * may halt a chain.
 */
export function beginBlockMint(context: Context, terms: MintTerms): void {
  const { state, height, emit } = context
  const blocksSinceStart = height - getStartHeight(state)
  // 1 mod 1 is 0: months of one block begin with every block.
  const monthBegins = blocksSinceStart % terms.blocksPerMonth === 1n % terms.blocksPerMonth
  if (monthBegins) closeMonth(state)
  if (!readMintParams(state).emissionEnabled) return

  if (monthBegins) setRecalculationDue(state, true)
  if (isRecalculationDue(state)) recalculateEmission(context, terms, blocksSinceStart)
  const wanted = getPreviousBlockEmission(state)
  const held = getBalance(state, moduleAddresses.ecosystem)
  const minted = wanted > held ? mintForEcosystem(context, wanted - held) : 0n
  const emission = wanted > held ? held + minted : wanted

  const { validatorCut, alloraRewardsCut } = splitEmission(emission, readValidatorsShare(terms.validatorsShare))
  moveCoins(context, moduleAddresses.ecosystem, moduleAddresses.fee_collector, validatorCut)
  moveCoins(context, moduleAddresses.ecosystem, moduleAddresses.allorarewards, alloraRewardsCut)
  setRewardCurrentBlockEmission(state, alloraRewardsCut)
  const tokenAmount = alloraRewardsCut.toString()
  emit(typedEvent(EventRewardCurrentBlockEmissionSchema, { blockHeight: height, tokenAmount }))
}

/** Reputers' share of the month that ends; 0 where nothing was paid. SPEC lifecycle 4.10 */
function closeMonth(state: State): void {
  const { reputers, total } = getMonthlyRewards(state)
  setPreviousReputersShare(state, total === 0n ? decOfScaled(0n) : quoDec(decOf(reputers), decOf(total)))
  setMonthlyRewards(state, { reputers: 0n, total: 0n })
}

/** Makes coins for the ecosystem account, at most what is left of its share of the maximum supply; returns how many. */
function mintForEcosystem(context: Context, wanted: bigint): bigint {
  const { state, height, emit } = context
  const minted = getEcosystemTokensMinted(state)
  const remaining = computeMintSupplyRemaining(readMintParams(state), minted)
  const amount = wanted > remaining ? remaining : wanted
  if (amount === 0n) return 0n
  mintCoins(context, 'mint', amount)
  moveCoins(context, moduleAddresses.mint, moduleAddresses.ecosystem, amount)
  setEcosystemTokensMinted(state, minted + amount)
  const tokenAmount = amount.toString()
  emit(typedEvent(EventEcosystemTokenMintSetSchema, { blockHeight: height, tokenAmount }))
  return amount
}
