import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type LegacyDec, parseLegacyDec } from '../../num/legacyDec.ts'
import type { MintParams } from './checkParams.ts'
import { computeEmission } from './computeEmission.ts'
import { computeVesting } from './computeVesting.ts'
import { numericMintParams } from './testing/numericParams.ts'

type Texts = Readonly<Record<string, string>>
type Case = { readonly name: string; readonly input: Texts & { readonly params: Texts }; readonly expected: Texts }

function checkStage(stage: string, compute: (input: Texts & { params: Texts }) => Texts): void {
  const file = new URL(`../../../../../vectors/mint/${stage}.json`, import.meta.url)
  const { source, cases }: { source: string; cases: Case[] } = JSON.parse(readFileSync(file, 'utf8'))
  describe(`${source} ${stage}`, () => {
    it.each(cases)('$name', ({ input, expected }) => expect(compute(input)).toEqual(expected))
  })
}

const whole = (text: string | undefined): bigint => BigInt(text ?? 'missing')

function dec(text: string | undefined): LegacyDec {
  const value = parseLegacyDec(text ?? 'missing')
  if (typeof value === 'bigint') return value
  throw new Error(value.fault)
}

function paramsOf(texts: Texts): MintParams {
  return {
    ...numericMintParams(),
    maxSupply: whole(texts.maxSupply),
    fEmission: dec(texts.fEmission),
    oneMonthSmoothingDegree: dec(texts.smoothing),
    maximumMonthlyPercentageYield: dec(texts.maximumYield),
    ecosystemTreasuryPercentOfTotalSupply: dec(texts.ecosystem),
    foundationTreasuryPercentOfTotalSupply: dec(texts.foundation),
    participantsPercentOfTotalSupply: dec(texts.participants),
    investorsPercentOfTotalSupply: dec(texts.investors),
    investorsPreseedPercentOfTotalSupply: dec(texts.preseed),
    teamPercentOfTotalSupply: dec(texts.team),
  }
}

const timesOf = (input: Texts & { params: Texts }) => ({
  params: paramsOf(input.params),
  blocksSinceStart: whole(input.blocksSinceStart),
  blocksPerMonth: whole(input.blocksPerMonth),
  monthsUnlocked: whole(input.monthsUnlocked),
})

const printed = (values: Readonly<Record<string, bigint>>): Texts =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()]))

checkStage('vesting', (input) => printed(computeVesting(timesOf(input))))

checkStage('emission', (input) => {
  const emission = computeEmission({
    ...timesOf(input),
    ecosystemBalance: whole(input.ecosystemBalance),
    ecosystemTokensMinted: whole(input.ecosystemTokensMinted),
    stakedTokens: whole(input.stakedTokens),
    validatorsShare: dec(input.validatorsShare),
    reputersShare: dec(input.reputersShare),
    previousEmissionPerUnitStaked: dec(input.previousEmissionPerUnitStaked),
  })
  if ('fault' in emission) return { fault: emission.fault }
  const { vesting, ...figures } = emission
  return printed({ ...figures, months: vesting.months, vestingTotal: vesting.total })
})
