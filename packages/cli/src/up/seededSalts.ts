import { createHmac } from 'node:crypto'
import type { SaltSource } from '@starling/sdk/sealed/sealing'
import type { Wallet } from '@starling/sdk/types'

/**
 * Salts that follow from a private key, so that two runs of one seed commit to the same bytes: HMAC-SHA-256 under the key
 * of chain, topic, nonce and role. Whoever has not the key can guess none of them.
 */
export function seededSalts({ privateKey }: Pick<Wallet, 'privateKey'>): SaltSource {
  return ({ chainId, topicId, nonce }, role) =>
    createHmac('sha256', privateKey).update(`starling/salt/1 ${chainId} ${topicId} ${nonce} ${role}`).digest()
}
