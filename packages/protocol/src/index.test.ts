import { expect, it } from 'vitest'
import * as protocol from './index.ts'

it('offers what an auditor, a client or a notebook needs', () => {
  expect(Object.keys(protocol).toSorted()).toEqual([
    'ProofError',
    'ProtocolError',
    'addressOfPublicKey',
    'checkLightBlock',
    'computeGas',
    'computeLoss',
    'createFromTemplate',
    'decodeTx',
    'defaultScoringParams',
    'emptyScoringState',
    'encodeTx',
    'formatAddress',
    'formatDecimal',
    'headerHash',
    'parseAddress',
    'parseDecimal',
    'parseLightBlock',
    'parsePolicy',
    'publicKeyOf',
    'settleEpoch',
    'sha256',
    'signSecp256k1',
    'topicTemplates',
    'verifyCommit',
    'verifyLightBlock',
    'verifySecp256k1',
    'verifyStoreValue',
  ])
})
