import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { sha256 } from '../../engine/local/bytes.ts'

/** CometBFT release whose RPC this node speaks: clients choose their decoders by it. SPEC wire 3.0 */
export const COMET_VERSION = '0.38.19'

/** Versions of CometBFT's block and peer protocols at that release. */
export const PROTOCOLS = { p2p: '8', block: '11' } as const

/** Name and version of this program. */
export const PROGRAM = { name: 'starling', version: '0.1.0' } as const

/** What CometBFT shows of a validator. */
export type Identity = {
  readonly nodeId: Uint8Array
  readonly publicKey: Uint8Array
  readonly address: Uint8Array
  readonly validatorsHash: Uint8Array
}

/** SHA-256 of nothing: CometBFT's hash of an empty list. */
export const EMPTY_HASH: Uint8Array = sha256()

/**
 * The embedded engine's one validator. It signs nothing, so its key is only a name derived from the chain id; clients
 * refuse blocks without one.
 */
export function identityOf(chainId: string): Identity {
  const publicKey = sha256(toUtf8(`starling/validator/${chainId}`))
  return {
    nodeId: sha256(toUtf8(`starling/node/${chainId}`)).subarray(0, 20),
    publicKey,
    address: sha256(publicKey).subarray(0, 20),
    validatorsHash: sha256(Uint8Array.of(0), publicKey),
  }
}
