import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { describe, expect, it } from 'vitest'
import { applyMintGenesis, type MintGenesis } from './genesis.ts'
import { openMintBench } from './testing/mintBench.ts'
import { getEcosystemTokensMinted, getMintParams, getPreviousBlockEmission } from './view.ts'

function applied(genesis: unknown) {
  const { state } = openMintBench()
  applyMintGenesis(state, genesis)
  return state
}

describe('SPEC lifecycle 11.2 the genesis of the emission', () => {
  it('may leave out everything', () => {
    const state = applied({})
    expect(getMintParams(state)).toEqual(defaultMintParams)
    expect(getPreviousBlockEmission(state)).toBe(0n)
    expect(getEcosystemTokensMinted(state)).toBe(0n)
  })

  it('changes what it names and leaves the defaults alone', () => {
    const genesis: MintGenesis = {
      params: { maxSupply: '1000', fEmission: '0.5', emissionEnabled: false },
      previousBlockEmission: '7',
      ecosystemTokensMinted: '214',
    }
    const state = applied(genesis)
    const params = getMintParams(state)
    expect(params).toMatchObject({ maxSupply: '1000', fEmission: '500000000000000000', emissionEnabled: false })
    expect(params.oneMonthSmoothingDegree).toBe('100000000000000000')
    expect(getPreviousBlockEmission(state)).toBe(7n)
    expect(getEcosystemTokensMinted(state)).toBe(214n)
    expect(defaultMintParams.emissionEnabled).toBe(true)
  })

  it.each<[unknown, RegExp]>([
    [[], /^Genesis: mint must be an object, got \[\]\. Correct the genesis file\.$/],
    [undefined, /mint must be an object, got nothing/],
    [{ param: {} }, /mint\.param is not known; mint has params, previousBlockEmission, ecosystemTokensMinted/],
    [{ params: 1 }, /mint\.params must be an object, got 1/],
    [{ params: { f_emission: '0' } }, /mint\.params\.f_emission is not known/],
    [{ params: { fEmission: 0.5 } }, /mint\.params\.fEmission must be a decimal text from "0" to "1", got 0\.5/],
    [{ params: { fEmission: '1.1' } }, /mint\.params\.fEmission must be a decimal text/],
    [{ params: { fEmission: '-0.1' } }, /mint\.params\.fEmission must be a decimal text/],
    [{ params: { mintDenom: 'uatom' } }, /mint\.params\.mintDenom must be uallo/],
    [{ params: { mintDenom: 1 } }, /mint\.params\.mintDenom must be a text/],
    [{ params: { maxSupply: '0' } }, /mint\.params\.maxSupply must be above 0/],
    [{ params: { maxSupply: 5 } }, /mint\.params\.maxSupply must be a text/],
    [{ params: { emissionEnabled: 'yes' } }, /mint\.params\.emissionEnabled must be true or false, got "yes"/],
    [{ params: { teamPercentOfTotalSupply: '0.1' } }, /mint\.params\.ecosystemTreasury\S+ must make the six shares/],
    [{ previousBlockEmission: '-1' }, /mint\.previousBlockEmission must be a whole number of uallo as text, got "-1"/],
    [{ ecosystemTokensMinted: 1 }, /mint\.ecosystemTokensMinted must be a whole number/],
    [
      { ecosystemTokensMinted: '214500000000000000000000001' },
      /mint\.ecosystemTokensMinted must be at most the ecosystem's share, 214500000000000000000000000, got/,
    ],
  ])('names what is wrong in %j', (genesis, message) => {
    expect(() => applied(genesis)).toThrow(message)
  })
})
