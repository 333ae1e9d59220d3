import { expect, it } from 'vitest'
import * as protocol from './index.ts'

it('offers what an auditor, a client or a notebook needs', () => {
  expect(Object.keys(protocol).toSorted()).toEqual([
    'ProtocolError',
    'addressOfPublicKey',
    'computeGas',
    'computeLoss',
    'createFromTemplate',
    'decodeTx',
    'defaultScoringParams',
    'emptyScoringState',
    'encodeTx',
    'formatAddress',
    'formatDecimal',
    'parseAddress',
    'parseDecimal',
    'parsePolicy',
    'publicKeyOf',
    'settleEpoch',
    'sha256',
    'signSecp256k1',
    'topicTemplates',
    'verifySecp256k1',
  ])
})
