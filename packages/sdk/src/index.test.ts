import { expect, it } from 'vitest'
import * as sdk from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(sdk).toSorted()).toEqual([
    'StarlingError',
    'createClient',
    'createSender',
    'fundTopic',
    'newMnemonic',
    'requestInference',
    'snapshotAfter',
    'txHash',
    'walletFromMnemonic',
    'walletFromPrivateKey',
    'walletFromSeed',
  ])
})
