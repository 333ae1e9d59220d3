import { at, integerAt } from '@starling/sdk/http/json'
import type { Chain } from './openChain.ts'
import { useAsked } from './useAsked.ts'

/** What a node that is quiet says of itself; undefined while it is not asked. */
export type Probe =
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'there'; readonly height: bigint; readonly isCatchingUp: boolean }

const EVERY_MS = 2_000

/** Asks a node that is quiet whether it is still there, again and again until it is not quiet any more. */
export function useProbe(chain: Chain, isQuiet: boolean, now: number): Probe | undefined {
  const turn = isQuiet ? Math.floor(now / EVERY_MS) : undefined
  const { value } = useAsked(`probe ${isQuiet}`, turn, async () => (isQuiet ? probe(chain) : undefined))
  return value
}

async function probe({ rpc }: Chain): Promise<Probe> {
  try {
    const status = await rpc.call('status')
    const height = integerAt(status, ['sync_info', 'latest_block_height'])
    return { kind: 'there', height, isCatchingUp: at(status, 'sync_info', 'catching_up') === true }
  } catch (error) {
    return { kind: 'away', why: error instanceof Error ? error.message : String(error) }
  }
}
