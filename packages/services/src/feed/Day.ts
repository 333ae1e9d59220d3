/** One trading day of a market. */
export type Day = {
  /** ISO date, `2000-01-03`. */
  readonly date: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}
