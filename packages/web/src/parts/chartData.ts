/** A line of a chart: a value for each place on the axis, null or NaN where there is none. */
export type Line = { readonly name: string; readonly values: ArrayLike<number | null> }

/** What lies between two lines, such as an interval; its ends are null where there is none. */
export type Band = {
  readonly name: string
  readonly low: ArrayLike<number | null>
  readonly high: ArrayLike<number | null>
}

/** What a chart shows. */
export type ChartData = {
  /** What the axis counts, in one word. */
  readonly axis: string
  /** Rising. */
  readonly at: ArrayLike<number>
  readonly lines: readonly Line[]
  /** The widest first: they are drawn over each other. */
  readonly bands?: readonly Band[]
}

/** Names of the columns of a chart's numbers: the axis, the lines, both ends of each band. */
export function columnsOf({ axis, lines, bands = [] }: ChartData): readonly string[] {
  return [axis, ...lines.map(({ name }) => name), ...bands.flatMap(({ name }) => [`${name}, from`, `${name}, to`])]
}

/** The numbers at one place of a chart, in the order of its columns. */
export function rowAt({ at, lines, bands = [] }: ChartData, i: number): readonly (number | null)[] {
  const value = (values: ArrayLike<number | null>): number | null => {
    const one = values[i] ?? null
    return one === null || Number.isNaN(one) ? null : one
  }
  return [
    value(at),
    ...lines.map(({ values }) => value(values)),
    ...bands.flatMap((b) => [value(b.low), value(b.high)]),
  ]
}
