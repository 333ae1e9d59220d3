import type { Params } from '../../gen/mint/v5/types_pb.ts'
import { decOf, decOfScaled, formatLegacyDec, type LegacyDec } from '../../num/legacyDec.ts'
import { parseAmount } from '../../num/parseAmount.ts'
import { readWhole } from '../../num/readWhole.ts'

/** Shares of the maximum supply; together they are 1. */
const SHARES = [
  'ecosystemTreasuryPercentOfTotalSupply',
  'foundationTreasuryPercentOfTotalSupply',
  'participantsPercentOfTotalSupply',
  'investorsPercentOfTotalSupply',
  'investorsPreseedPercentOfTotalSupply',
  'teamPercentOfTotalSupply',
] as const

const RATES = ['fEmission', 'oneMonthSmoothingDegree', 'maximumMonthlyPercentageYield'] as const

/** Parameters that are fractions from 0 to 1. */
export type MintFraction = (typeof SHARES)[number] | (typeof RATES)[number]

/** Every parameter that is a fraction. */
export const mintFractions: readonly MintFraction[] = [...RATES, ...SHARES]

/** The parameters as numbers, once they are checked. */
export type MintParams = { readonly [F in MintFraction]: LegacyDec } & {
  readonly mintDenom: string
  readonly maxSupply: bigint
  readonly emissionEnabled: boolean
}

/** What is wrong with a set of parameters: the field's name in TypeScript, and how a sentence about it ends. */
export type MintParamsFault = { readonly field: keyof MintParams; readonly fault: string }

const ONE = decOf(1n)

/** Reads a whole set of parameters, or says what is wrong with its first faulty field. SPEC lifecycle 6.6 */
export function checkParams(wire: Params): MintParams | MintParamsFault {
  const { mintDenom, emissionEnabled } = wire
  if (mintDenom !== 'uallo')
    return { field: 'mintDenom', fault: `must be uallo, the chain's one coin, got "${mintDenom}"` }
  const maxSupply = parseAmount(wire.maxSupply)
  if (typeof maxSupply !== 'bigint') return { field: 'maxSupply', fault: maxSupply.fault }
  if (maxSupply === 0n) return { field: 'maxSupply', fault: 'must be above 0, got 0' }
  const faulty = mintFractions.find((field) => !isFraction(wire[field]))
  if (faulty !== undefined) {
    const got = wire[faulty].slice(0, 80)
    return { field: faulty, fault: `must be from 0 to 1, as a whole number of 10^-18 up to ${ONE}, got "${got}"` }
  }
  const fraction = (field: MintFraction): LegacyDec => decOfScaled(readWhole(wire[field]))
  const sum = decOfScaled(SHARES.reduce((total, field) => total + fraction(field), 0n))
  if (sum !== ONE) {
    const fault = `must make the six shares of the total supply add up to 1, they add up to ${formatLegacyDec(sum)}`
    return { field: 'ecosystemTreasuryPercentOfTotalSupply', fault }
  }
  return {
    mintDenom,
    maxSupply,
    emissionEnabled,
    fEmission: fraction('fEmission'),
    oneMonthSmoothingDegree: fraction('oneMonthSmoothingDegree'),
    maximumMonthlyPercentageYield: fraction('maximumMonthlyPercentageYield'),
    ecosystemTreasuryPercentOfTotalSupply: fraction('ecosystemTreasuryPercentOfTotalSupply'),
    foundationTreasuryPercentOfTotalSupply: fraction('foundationTreasuryPercentOfTotalSupply'),
    participantsPercentOfTotalSupply: fraction('participantsPercentOfTotalSupply'),
    investorsPercentOfTotalSupply: fraction('investorsPercentOfTotalSupply'),
    investorsPreseedPercentOfTotalSupply: fraction('investorsPreseedPercentOfTotalSupply'),
    teamPercentOfTotalSupply: fraction('teamPercentOfTotalSupply'),
  }
}

function isFraction(text: string): boolean {
  const scaled = parseAmount(text)
  return typeof scaled === 'bigint' && scaled <= ONE
}
