import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { headerHash } from '@starling/protocol/proof/headerHash'
import type { ClaimedHeader } from '@starling/sdk/proof/lightSource'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import { useRef } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { type Asked, useAsked } from '../chain/useAsked.ts'

/** A proven header with its own hash. */
export type HeaderLine = ClaimedHeader & { readonly hash: Uint8Array }

/** Headers of the newest blocks, newest first and without a hole; those that are known are not asked for again. */
export function useHeaders(count: number, stopAt: bigint | undefined): Asked<readonly HeaderLine[]> {
  const { state } = useLive()
  const kept = useRef<readonly HeaderLine[]>([])
  const most = stopAt ?? state?.at.height
  const { value, error } = useAsked('headers', `${most} ${count}`, async () => {
    if (state === undefined || most === undefined) return undefined
    kept.current = await extend(kept.current, state, { most, count })
    return kept.current
  })
  return { ...(value === undefined ? {} : { value }), ...(error === undefined ? {} : { error }) }
}

type Wanted = { readonly most: bigint; readonly count: number }

/** Adds what is missing at both ends. */
async function extend(
  known: readonly HeaderLine[],
  state: Snapshot,
  { most, count }: Wanted,
): Promise<readonly HeaderLine[]> {
  const least = most > BigInt(count) ? most - BigInt(count) + 1n : 1n
  const old = known.filter(({ header }) => header.height >= least && header.height <= most)
  const [top, bottom] = [old[0], old.at(-1)]
  if (top === undefined || bottom === undefined) return (await state.headers(least, most)).map(withHash)
  const { height } = top.header
  // The newest that is known is asked for again: another block at its height is another history.
  const newer = height < most ? (await state.headers(height, most)).map(withHash) : [top]
  const met = newer.at(-1)
  if (met === undefined || !equalBytes(met.hash, top.hash)) return newer
  const first = bottom.header.height
  const older = first > least ? (await state.headers(least, first - 1n)).map(withHash) : []
  return [...newer.slice(0, -1), ...old, ...older]
}

function withHash(claimed: ClaimedHeader): HeaderLine {
  return { ...claimed, hash: headerHash(claimed.header) }
}
