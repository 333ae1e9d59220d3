import type { GetTallyResponse } from '@starling/protocol/gen/starling/v1/query_pb'

/** Sums over the settled epochs of consecutive parts of a range, oldest first, and of how many parts they are missing. */
export type Tallies = {
  readonly parts: readonly TallyPart[]
  readonly missing: number
  readonly error?: Error
}

/** Sums over the epochs up to a nonce. */
export type TallyPart = { readonly until: number; readonly tally: GetTallyResponse }

/** Nonces, both among them; `closed` is one up to which all epochs have closed. */
export type TallyRange = { readonly from: number; readonly to: number; readonly closed: number }

type Setup = {
  readonly ask: (range: { readonly after: bigint; readonly until: bigint }) => Promise<GetTallyResponse>
  readonly epochLength: number
  readonly tell: (tallies: Tallies) => void
}

/** Epochs of a part; as many as one question looks at. */
export const TALLY_PART = 256
/** Parts in memory; the one that was used longest ago goes first. */
const MOST_PARTS = 1024
const TELL_MS = 500

/** Sums over any range of a topic's epochs; whole parts that can not change any more are asked for once. */
export function createTallies({ ask, epochLength, tell }: Setup): { sum(range: TallyRange): void; close(): void } {
  const width = TALLY_PART * epochLength
  const kept = new Map<number, GetTallyResponse>()
  let turn = 0

  const partOf = async (after: number, until: number): Promise<readonly TallyPart[]> => {
    const parts: TallyPart[] = []
    for (let last = after; ; ) {
      const tally = await ask({ after: BigInt(last), until: BigInt(until) })
      if (tally.last === 0n) return parts
      last = Number(tally.last)
      parts.push({ until: last, tally })
      if (last + epochLength > until) return parts
    }
  }
  const keptPart = async (page: number, closed: number): Promise<readonly TallyPart[]> => {
    const [after, until] = [page * width - 1, (page + 1) * width - 1]
    const known = kept.get(page)
    kept.delete(page)
    if (known !== undefined) {
      kept.set(page, known)
      return [{ until, tally: known }]
    }
    const parts = await partOf(after, until)
    const [only] = parts
    if (parts.length === 1 && only !== undefined && until <= closed) kept.set(page, only.tally)
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_PARTS))) kept.delete(oldest)
    return parts
  }
  const sum = async ({ from, to, closed }: TallyRange): Promise<void> => {
    turn += 1
    const own = turn
    const [first, last] = [Math.floor(from / width), Math.floor(to / width)]
    const parts: TallyPart[] = []
    let [missing, toldAt] = [last - first + 1, Date.now()]
    try {
      for (let page = last; page >= first; page -= 1) {
        const [after, until] = [Math.max(from, page * width) - 1, Math.min(to, (page + 1) * width - 1)]
        const isWhole = until - after === width
        parts.unshift(...(isWhole ? await keptPart(page, closed) : await partOf(after, until)))
        if (own !== turn) return
        missing = page - first
        if (missing === 0 || Date.now() - toldAt > TELL_MS) {
          tell({ parts: [...parts], missing })
          toldAt = Date.now()
        }
      }
    } catch (error) {
      if (own === turn) tell({ parts, missing, error: error instanceof Error ? error : new Error(String(error)) })
    }
  }
  return {
    sum: (range) => void sum(range),
    close() {
      turn += 1
    },
  }
}
