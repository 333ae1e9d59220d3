/** What a panel asks for: one number, a probability per label, or a number per quantile level. */
export type PanelKind = 'number' | 'labels' | 'quantiles'

/** A forecaster's column about one model: its log10 loss expected in each case, NaN for none. */
export type PanelForecast = {
  readonly model: number
  readonly forecaster: string
  readonly values: Float64Array
}

/**
 * A table of history in columns. A *case* is one thing to predict: a row, or in the long form the rows of all outputs.
 * Cases stand in the order of the table.
 */
export type Panel = {
  readonly kind: PanelKind
  /** Labels, or quantile levels in ascending order as text; one empty name for numbers. */
  readonly outputs: readonly string[]
  readonly models: readonly string[]
  /** Per model its values, `outputs.length` for each case, NaN where it has none. */
  readonly values: readonly Float64Array[]
  readonly forecasts: readonly PanelForecast[]
  /** Per case: the truth (for labels the index of the label), NaN where it is missing. */
  readonly truth: Float64Array
  /** Per case: what errors are divided by. */
  readonly scale: Float64Array
  /** Per case: its epoch, and the first epoch whose prediction may use its truth. */
  readonly epoch: Float64Array
  readonly available: Float64Array
  /** Per case: which series it belongs to, by its `key`, counted from 0. */
  readonly series: Float64Array
  /** Per case: the line of the file it begins on. */
  readonly lines: Float64Array
  /** Number of rows of the table that count: those that `--where` left are not among them. */
  readonly rows: number
  /** Per row of the table: its case, and which output it holds. */
  readonly caseOf: Float64Array
  readonly outputOf: Float64Array
  /** Rows that `--where` left out. */
  readonly leftOut: number
  /** Cells without a number in the columns of models. */
  readonly absent: { readonly empty: number; readonly spelled: number }
  /** Sentences about what was read in a way that its owner might not expect. */
  readonly notes: readonly string[]
}
