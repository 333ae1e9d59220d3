/** How old what the page shows is: of the newest block, of one that should have been followed, or of long ago. */
export type Age = 'fresh' | 'late' | 'old'

/** A block may take so long before anybody wonders. */
const LATE_MS = 4_000
/** Without a block for so long something is wrong with the node, or with the way to it. */
const OLD_MS = 15_000

/**
 * The age of what is shown, from the time since the newest block was heard of and the time that blocks usually take, both
 * in milliseconds: a network that makes a block an hour is not old after a minute.
 */
export function ageOf(quietMs: number, usualMs: number): Age {
  if (quietMs > Math.max(OLD_MS, 8 * usualMs)) return 'old'
  return quietMs > Math.max(LATE_MS, 3 * usualMs) ? 'late' : 'fresh'
}

/** True where the silence is long enough to ask whether the node is still there. */
export function isQuiet(quietMs: number): boolean {
  return quietMs > LATE_MS
}
