import { APP_VERSION } from '@starling/protocol/appVersion'
import type { Validator } from '@starling/protocol/proof/cometTypes'
import { BLOCK_VERSION } from '../../engine/local/sealBlock.ts'

/** Versions of CometBFT's peer and block protocols at that release, and of the state machine. */
export const PROTOCOLS: Readonly<Record<'p2p' | 'block' | 'app', string>> = {
  p2p: '8',
  block: String(BLOCK_VERSION),
  app: String(APP_VERSION),
}

/** Name and version of this program. */
export const PROGRAM = { name: 'starling', version: '0.1.0' } as const

/** CometBFT's id of a node is the address of a key; this node has one key, its validator's. */
export function nodeIdOf({ address }: Validator): string {
  return Buffer.from(address).toString('hex')
}
