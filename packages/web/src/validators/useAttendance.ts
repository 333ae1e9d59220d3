import type { Commit } from '@starling/protocol/proof/cometTypes'
import { readCommits } from '@starling/sdk/blocks/readCommits'
import { useRef } from 'preact/hooks'
import { useHeaders } from '../blocks/useHeaders.ts'
import { useLive } from '../chain/openChain.ts'
import { type Asked, useAsked } from '../chain/useAsked.ts'
import { type Attendance, countAttendance } from './attendance.ts'

/** Blocks that are looked at. */
const WINDOW = 100

/** Who signed and made the last blocks, and how many commits were counted. */
export type Attended = { readonly rows: readonly Attendance[]; readonly commits: number; readonly headers: number }

/** Counts over the last hundred blocks, anew with each block; only what is new is asked for. */
export function useAttendance(): Asked<Attended> {
  const { chain, state } = useLive()
  const { value: lines, error: failed } = useHeaders(WINDOW, undefined)
  const kept = useRef<ReadonlyMap<bigint, Commit>>(new Map())
  const { value, error } = useAsked('attendance', lines, async () => {
    const headers = lines?.map(({ header }) => header)
    const newest = headers?.[0]
    if (state === undefined || headers === undefined || newest === undefined) return undefined
    const after = headers.filter(({ height }) => height > 1n)
    const missing = after.filter(({ height }) => !kept.current.has(height - 1n))
    const fetched = await readCommits(chain.rpc, missing)
    const known = new Map([...kept.current, ...fetched.map((commit) => [commit.height, commit] as const)])
    kept.current = new Map(after.flatMap(({ height }) => entryOf(known, height - 1n)))
    const { validators } = await state.block(newest.height)
    const commits = [...kept.current.values()]
    return { rows: countAttendance(validators, commits, headers), commits: commits.length, headers: headers.length }
  })
  const fault = error ?? failed
  return { ...(value === undefined ? {} : { value }), ...(fault === undefined ? {} : { error: fault }) }
}

function entryOf(commits: ReadonlyMap<bigint, Commit>, height: bigint): readonly (readonly [bigint, Commit])[] {
  const commit = commits.get(height)
  return commit === undefined ? [] : [[height, commit]]
}
