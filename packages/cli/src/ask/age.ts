import { CliError } from '../cliError.ts'

/** How old an answer is: by the chain's heights, and by the time of its own block against this machine's clock. */
export type Age = {
  readonly blocks: number
  /** Null where the block's time lies in the future of this machine. */
  readonly seconds: number | null
  /** Why there are no seconds. */
  readonly reason?: string
}

/** The oldest answer that is taken. */
export type MaxAge = { readonly unit: 'blocks' | 'seconds'; readonly most: number }

/** Clocks of two machines differ by less than this where both are right. */
const CLOCKS_DIFFER_MS = 1_000

/** The age of what the block at `height` published, seen from the block `newest` at `nowMs`. */
export function computeAge(
  { height, timeMs }: { readonly height: bigint; readonly timeMs: number },
  newest: bigint,
  nowMs: number,
): Age {
  const blocks = Number(newest - height)
  const ageMs = nowMs - timeMs
  if (ageMs >= -CLOCKS_DIFFER_MS) return { blocks, seconds: Math.max(0, ageMs) / 1000 }
  const reason = `its block's time lies ${Math.round(-ageMs / 1000)} s in the future of this machine's clock`
  return { blocks, seconds: null, reason }
}

/** Reads `--max-age`: a number of blocks, or of seconds with an `s` behind it. */
export function readMaxAge(text: string): MaxAge {
  const [, digits, seconds] = /^([0-9]{1,9})(s)?$/.exec(text) ?? []
  if (digits === undefined) {
    throw new CliError(2, `--max-age must be a number of blocks like 10, or of seconds like 30s, got "${text}".`)
  }
  return { unit: seconds === undefined ? 'blocks' : 'seconds', most: Number(digits) }
}

/** Throws a `CliError` 4 that names the age where it is above the limit, or cannot be told. */
export function checkAge(what: string, { blocks, seconds, reason }: Age, { unit, most }: MaxAge): void {
  if (unit === 'blocks') {
    if (blocks > most) throw new CliError(4, `${what} is ${blocksOf(blocks)} old; --max-age allows ${most}.`)
    return
  }
  if (seconds === null) {
    throw new CliError(
      4,
      `${what} is ${blocksOf(blocks)} old; its age in seconds is not known, as ${reason}. Check the clocks, or give --max-age in blocks.`,
    )
  }
  if (seconds > most) {
    throw new CliError(4, `${what} is ${seconds.toFixed(1)} s old (${blocksOf(blocks)}); --max-age allows ${most} s.`)
  }
}

/** A number of blocks in words. */
export function blocksOf(count: number): string {
  return `${count} block${count === 1 ? '' : 's'}`
}
