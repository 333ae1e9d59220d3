/** What one check found: `warn` is worth knowing, `fail` makes the whole unhealthy. */
export type Finding = {
  readonly check: string
  readonly status: 'ok' | 'warn' | 'fail'
  readonly found: string
  /** What to do about it; empty where nothing needs doing. */
  readonly advice: string
}

/** A finding without advice. */
export function fine(check: string, found: string): Finding {
  return { check, status: 'ok', found, advice: '' }
}
