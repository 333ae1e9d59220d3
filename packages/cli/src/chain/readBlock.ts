import type { Rest } from '@starling/sdk/http/createRest'
import { integerAt, notANode, textAt } from '@starling/sdk/http/json'

/** What a block's header says. */
export type BlockInfo = {
  readonly height: bigint
  readonly chainId: string
  /** Header time as the node gives it, and in milliseconds since 1970. */
  readonly time: string
  readonly timeMs: number
  /** Upper-case hexadecimal. */
  readonly hash: string
  readonly appHash: string
}

/** The header of one block, or of the newest. */
export function readBlock(rest: Rest, height: bigint | 'latest'): Promise<BlockInfo> {
  return rest.get(`/cosmos/base/tendermint/v1beta1/blocks/${height}`, (json) => {
    const header = ['block', 'header'] as const
    const time = textAt(json, ...header, 'time')
    const timeMs = Date.parse(time)
    if (Number.isNaN(timeMs)) throw notANode('a block without a time')
    return {
      height: integerAt(json, [...header, 'height']),
      chainId: textAt(json, ...header, 'chain_id'),
      time,
      timeMs,
      hash: hexOf(textAt(json, 'block_id', 'hash')),
      appHash: hexOf(textAt(json, ...header, 'app_hash')),
    }
  })
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex').toUpperCase()
}
