import { at, textAt } from '@starling/sdk/http/json'
import type { Network } from './startNetwork.ts'

/** The header of one block; hashes as the RPC server gives them. */
export type Link = { readonly hash: string; readonly lastHash: string; readonly appHash: string }

/** The blocks of a network from the first to the one at `height`. */
export async function readChain({ rpc }: Pick<Network, 'rpc'>, height: bigint): Promise<readonly Link[]> {
  const links: Link[] = []
  for (let h = 1n; h <= height; h += 1n) {
    const response = await fetch(`${rpc}/block?height=${h}`)
    const result = at(await response.json(), 'result')
    links.push({
      hash: textAt(result, 'block_id', 'hash'),
      lastHash: h === 1n ? '' : textAt(result, 'block', 'header', 'last_block_id', 'hash'),
      appHash: textAt(result, 'block', 'header', 'app_hash'),
    })
  }
  return links
}
