const CLOCKS_DIFFER_MS = 1_000

/** How long ago something was, in words; a time that lies ahead of this machine's clock is named as such. */
export function formatAge(timeMs: number, nowMs: number): string {
  const age = nowMs - timeMs
  if (age < -CLOCKS_DIFFER_MS) return `${formatSpan(-age)} ahead of this clock`
  return age < 1000 ? 'just now' : `${formatSpan(age)} ago`
}

/** A length of time in its largest unit, rounded down. */
export function formatSpan(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`
}
