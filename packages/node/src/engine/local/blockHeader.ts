import type { Header, Time } from '@starling/protocol/proof/cometTypes'

/**
 * A header of CometBFT's, with its time in milliseconds since 1970: max(previous + 1, wall clock); it enters no rule
 * (SPEC GR-2).
 */
export type BlockHeader = Omit<Header, 'time'> & { readonly timeMs: bigint }

/** The header as its hash is taken. */
export function toHeader({ timeMs, ...header }: BlockHeader): Header {
  return { ...header, time: toTime(timeMs) }
}

/** Milliseconds since 1970 as CometBFT's time. */
export function toTime(timeMs: bigint): Time {
  return { seconds: timeMs / 1000n, nanos: Number(timeMs % 1000n) * 1_000_000 }
}
