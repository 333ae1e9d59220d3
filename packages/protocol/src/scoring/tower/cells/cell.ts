/** One number to predict, with what every member said of it; lists have one entry for each member. */
export type Cell = {
  /** 0 where a member sleeps. */
  readonly x: readonly number[]
  readonly awake: readonly boolean[]
  /** How many are awake, at least 1. */
  readonly count: number
  readonly scale: number
  /** Level of the quantile; unused by losses that have none. */
  readonly tau: number
  /** Names the series and the output: what is remembered of past errors is remembered by it. */
  readonly key: string
}

/** A cell whose truth is public, with what the layers answered then. */
export type LearntCell = Cell & {
  readonly truth: number
  /** Values of the first layer. */
  readonly layers: readonly number[]
  /** The second layer's value. */
  readonly value: number
  readonly anchor: number
  /** What the errors before the answer said; empty for layers that do not ask. */
  readonly past: readonly number[]
}
