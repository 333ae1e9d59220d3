import { describe, expect, it } from 'vitest'
import { openNet } from '../net/openNet.ts'
import { tempHome } from '../net/testing/tempHome.ts'
import { openLocalNetwork } from '../up/localNetwork.ts'
import { localChain } from './localChain.ts'

describe('a chain of this machine', () => {
  it('is known by its id, with the seed of its folder and the command that runs it', async () => {
    const home = tempHome()
    const [up, net] = [localChain(home, 'starling-local-1'), localChain(home, 'starling-net-1')]
    expect([up?.seed(), net?.seed()]).toEqual([undefined, undefined])
    openLocalNetwork(home, { seed: 'one', reset: false })
    const wishes = { restPort: 0, rpcPort: 0, blockTimeMs: undefined, logLevel: undefined, reset: false }
    await openNet(home, { ...wishes, validators: 1, seed: 'two' })
    expect([up?.seed(), net?.seed()]).toEqual(['one', 'two'])
    expect([up?.command, net?.command]).toEqual(['starling up', 'starling net up'])
  })

  it('is none of another id', () => {
    expect(localChain(tempHome(), 'allora-mainnet-1')).toBeUndefined()
  })
})
