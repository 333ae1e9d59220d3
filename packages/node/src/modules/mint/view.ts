import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { fromUtf8, toUtf8 } from '@starling/protocol/bytes/utf8'
import { type Params, ParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { checkParams, type MintParams } from '@starling/protocol/modules/mint/checkParams'
import { mintKeys } from '@starling/protocol/modules/mint/keys'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { decOfScaled, formatLegacyDec, type LegacyDec, parseLegacyDec } from '@starling/protocol/num/legacyDec'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'

/** Reputers' share before the first month has ended, 0.3. SPEC lifecycle 4.10 */
const FIRST_REPUTERS_SHARE = decOfScaled(300_000_000_000_000_000n)

/** The parameters as they stand on the wire. */
export function getMintParams(state: StateReader): Params {
  const bytes = state.store('mint').get(mintKeys.params())
  return bytes === undefined ? defaultMintParams : fromBinary(ParamsSchema, bytes)
}

/** The parameters as numbers. */
export function readMintParams(state: StateReader): MintParams {
  const params = checkParams(getMintParams(state))
  if ('fault' in params) throw new Error(`${params.field} was stored unchecked: it ${params.fault}`)
  return params
}

/** Stores parameters that were checked. */
export function setMintParams(state: State, params: Params): void {
  state.store('mint').put(mintKeys.params(), toBinary(ParamsSchema, params))
}

/** Emission per staked token and month of the last calculation; 0 before the first. */
export function getPreviousEmissionPerUnitStaked(state: StateReader): LegacyDec {
  return readDec(state, mintKeys.previousEmissionPerUnitStaked()) ?? decOfScaled(0n)
}

/** Stores the rate of a calculation. */
export function setPreviousEmissionPerUnitStaked(state: State, rate: LegacyDec): void {
  putDec(state, mintKeys.previousEmissionPerUnitStaked(), rate)
}

/** uallo per block by the last calculation; 0 before the first. */
export function getPreviousBlockEmission(state: StateReader): bigint {
  return readInteger(state, mintKeys.previousBlockEmission())
}

/** Stores the uallo per block of a calculation. */
export function setPreviousBlockEmission(state: State, emission: bigint): void {
  putInteger(state, mintKeys.previousBlockEmission(), emission)
}

/** uallo that were made for the ecosystem account since genesis. */
export function getEcosystemTokensMinted(state: StateReader): bigint {
  return readInteger(state, mintKeys.ecosystemTokensMinted())
}

/** Sets how much was made. Only the block's begin and the genesis may change it. */
export function setEcosystemTokensMinted(state: State, amount: bigint): void {
  putInteger(state, mintKeys.ecosystemTokensMinted(), amount)
}

/** Height that months are counted from; 0 where the emission was on from genesis, or was never on. */
export function getStartHeight(state: StateReader): bigint {
  return readInteger(state, mintKeys.startHeight())
}

/** Sets the height that months are counted from. */
export function setStartHeight(state: State, height: bigint): void {
  putInteger(state, mintKeys.startHeight(), height)
}

/** Months of the vesting schedule that had passed at the last calculation. */
export function getMonthsUnlocked(state: StateReader): bigint {
  return readInteger(state, mintKeys.monthsUnlocked())
}

/** Stores the months that had passed at a calculation. */
export function setMonthsUnlocked(state: State, months: bigint): void {
  putInteger(state, mintKeys.monthsUnlocked(), months)
}

/** Rewards of this month so far, in uallo: reputers' part, and all. */
export type MonthlyRewards = { readonly reputers: bigint; readonly total: bigint }

/** The counters of this month. */
export function getMonthlyRewards(state: StateReader): MonthlyRewards {
  return {
    reputers: readInteger(state, mintKeys.monthlyReputerRewards()),
    total: readInteger(state, mintKeys.monthlyTopicRewards()),
  }
}

/** Sets the counters of this month. */
export function setMonthlyRewards(state: State, { reputers, total }: MonthlyRewards): void {
  putInteger(state, mintKeys.monthlyReputerRewards(), reputers)
  putInteger(state, mintKeys.monthlyTopicRewards(), total)
}

/** Share of last month's rewards that went to staked reputers. */
export function getPreviousReputersShare(state: StateReader): LegacyDec {
  return readDec(state, mintKeys.previousPercentageRewardToStakedReputers()) ?? FIRST_REPUTERS_SHARE
}

/** Stores the share of a month that has ended. */
export function setPreviousReputersShare(state: State, share: LegacyDec): void {
  putDec(state, mintKeys.previousPercentageRewardToStakedReputers(), share)
}

/** uallo that the last block with an emission brought the topics, the B of SPEC lifecycle 4.1. */
export function getRewardCurrentBlockEmission(state: StateReader): bigint {
  return readInteger(state, mintKeys.rewardCurrentBlockEmission())
}

/** Stores what this block brings the topics. */
export function setRewardCurrentBlockEmission(state: State, amount: bigint): void {
  putInteger(state, mintKeys.rewardCurrentBlockEmission(), amount)
}

/** True while a calculation that fell due has not succeeded. */
export function isRecalculationDue(state: StateReader): boolean {
  return state.store('mint').get(mintKeys.recalculationDue()) !== undefined
}

/** Marks that a calculation fell due, or that one succeeded. */
export function setRecalculationDue(state: State, due: boolean): void {
  const store = state.store('mint')
  if (due) store.put(mintKeys.recalculationDue(), toUtf8('1'))
  else store.delete(mintKeys.recalculationDue())
}

function readInteger(state: StateReader, key: Uint8Array): bigint {
  const bytes = state.store('mint').get(key)
  return bytes === undefined ? 0n : readWhole(fromUtf8(bytes))
}

function putInteger(state: State, key: Uint8Array, value: bigint): void {
  if (value < 0n) throw new Error(`${fromUtf8(key)} of the mint store would be ${value}`)
  state.store('mint').put(key, toUtf8(value.toString()))
}

function readDec(state: StateReader, key: Uint8Array): LegacyDec | undefined {
  const bytes = state.store('mint').get(key)
  if (bytes === undefined) return undefined
  const value = parseLegacyDec(fromUtf8(bytes))
  if (typeof value === 'bigint') return value
  throw new Error(`${fromUtf8(key)} of the mint store ${value.fault}`)
}

function putDec(state: State, key: Uint8Array, value: LegacyDec): void {
  state.store('mint').put(key, toUtf8(formatLegacyDec(value)))
}
