import { fromHex } from '@starling/protocol/bytes/hex'
import type { TrustOptions } from '@starling/sdk/proof/createLightClient'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import { openPins } from './openPins.ts'
import { useNativeEd25519 } from './useNativeEd25519.ts'

/**
 * What `--trust` says: `HEIGHT:HASH` of a block, or `new` for the block that the node shows; without it what the home
 * folder has pinned for the RPC address, at first use the block that the node shows.
 */
export function readTrust({ home, rpc }: Pick<Globals, 'home' | 'rpc'>, text: string | undefined): TrustOptions {
  // Who trusts a block checks signatures.
  useNativeEd25519()
  const pins = openPins(home)
  if (text === undefined) return { pins }
  if (text === 'new') {
    pins.forget(rpc)
    return { pins }
  }
  const [, height, hex] = /^([1-9][0-9]{0,18}):([0-9a-fA-F]{64})$/.exec(text) ?? []
  const hash = fromHex((hex ?? '').toLowerCase())
  if (height === undefined || hash === undefined) {
    throw new CliError(
      2,
      `--trust must be a block as HEIGHT:HASH, the hash with 64 hexadecimal digits, or new, got "${text}".`,
    )
  }
  return { pins, trust: { height: BigInt(height), hash } }
}
