import { toHex } from '@starling/protocol/bytes/hex'
import { createLightClient, type TrustOptions } from '../proof/createLightClient.ts'
import type { LightSource } from '../proof/lightSource.ts'
import { openSnapshot, type Snapshot } from '../proof/snapshot.ts'
import type { KeyReader } from './types.ts'

/**
 * Reads keys with proofs: all without a height under one verified header, the node's newest when the first was read. A
 * lie is a `StarlingError` of kind `refuted`.
 */
export function createProvenReader(source: LightSource, trust: TrustOptions): KeyReader {
  const light = createLightClient(source, trust)
  let newest: Promise<Snapshot> | undefined
  const open = async (): Promise<Snapshot> => openSnapshot(source, light, await light.newest())
  const head = (): Promise<Snapshot> => {
    newest ??= open()
    return newest
  }
  /** The state after a block stands in the header of the next one. */
  const after = async (height: bigint): Promise<Snapshot> => {
    await head()
    return openSnapshot(source, light, await light.at(height + 1n))
  }
  return {
    readKey: async (store, key, height) => (await (height === undefined ? head() : after(height))).read(store, key),
    async proof() {
      const { height, hash } = (await head()).at
      return { status: 'verified', height, hash: toHex(hash).toUpperCase() }
    },
  }
}
