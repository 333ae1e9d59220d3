import type { Rpc } from '../http/createRpc.ts'
import { integerAt, textAt } from '../http/json.ts'
import { createLightSource } from '../proof/lightSource.ts'
import type { KeyReader } from './types.ts'

/** Reads keys as a node's RPC server tells them, and checks no proof. */
export function createUnverifiedReader(rpc: Rpc): KeyReader {
  const source = createLightSource(rpc)
  return {
    async readKey(store, key, height = 0n) {
      const { value } = await source.value(store, key, height)
      return value.length === 0 ? undefined : value
    },
    async proof() {
      const status = await rpc.call('status')
      return {
        status: 'unverified',
        height: integerAt(status, ['sync_info', 'latest_block_height']),
        hash: textAt(status, 'sync_info', 'latest_block_hash'),
      }
    },
  }
}
