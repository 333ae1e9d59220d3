import { fromBase64 } from '@starling/protocol/bytes/base64'
import { toHex } from '@starling/protocol/bytes/hex'
import type { Rpc } from '../http/createRpc.ts'
import { at, integerAt, notANode, textAt } from '../http/json.ts'
import { StarlingError } from '../starlingError.ts'
import type { KeyReader } from './types.ts'

/** Reads keys as a node's RPC server tells them, without proofs. */
export function createUnverifiedReader(rpc: Rpc): KeyReader {
  return {
    async readKey(store, key, height = 0n) {
      const params = { path: `/store/${store}/key`, data: toHex(key), height: height.toString() }
      const answer = at(await rpc.call('abci_query', params), 'response')
      if (integerAt(answer, ['code'], 0n) !== 0n) {
        throw new StarlingError(
          'unavailable',
          `The node does not serve the state of that block: ${textAt(answer, 'log')}.`,
        )
      }
      const value = at(answer, 'value')
      if (value === null || value === undefined || value === '') return undefined
      const bytes = typeof value === 'string' ? fromBase64(value) : undefined
      if (bytes === undefined) throw notANode('a value that is not base64')
      return bytes
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
