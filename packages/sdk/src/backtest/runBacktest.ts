import { admitCases } from './admitCases.ts'
import { choosePolicy, type LossChoice } from './choosePolicy.ts'
import { makeReport } from './makeReport.ts'
import type { Panel } from './panel.ts'
import { flagCases } from './planEpochs.ts'
import { type Progress, type Replayed, replay } from './replay.ts'
import type { BacktestReport, RunningLoss } from './report.ts'
import { type Synthesis, syntheses } from './synthesis/collective.ts'

/** What a backtest may be told. */
export type BacktestOptions = {
  /** The loss; by default squared, for labels the cross-entropy, for quantiles the pinball loss. */
  readonly loss?: LossChoice
  /** The synthesis that the report is about; by default the best that is built. */
  readonly synthesis?: Synthesis
  /** Run all syntheses side by side. */
  readonly all?: boolean
  /** First epochs that are learnt from but not scored. Default 0. */
  readonly warmup?: number
  /** Keep the weights row by row, for `formatPredictions`. */
  readonly keepWeights?: boolean
  /** Reads the clock, in milliseconds. */
  readonly now?: () => number
}

/** What a backtest gives. */
export type Backtest = {
  readonly report: BacktestReport
  readonly running: RunningLoss
  /** The panel as it was admitted, and what the collectives answered. */
  readonly panel: Panel
  readonly replayed: Replayed
}

/**
 * Runs a panel through the chain's own functions, without a chain. Yields after each epoch. Throws a `StarlingError`
 * (`bad-input`) where panel and loss do not fit.
 *
 * @example
 * const panel = await readPanel('panel.csv', pieces)
 * const backtest = runBacktest('panel.csv', panel, { synthesis: 'tower' })
 * let step = backtest.next()
 * while (!step.done) step = backtest.next()
 * console.log(step.value.report.loss)
 */
export function* runBacktest(name: string, given: Panel, options: BacktestOptions = {}): Generator<Progress, Backtest> {
  const now = options.now ?? (() => performance.now())
  const started = now()
  const policy = choosePolicy(given, options.loss)
  const { panel, notes } = admitCases(name, given, policy)
  const synthesis = options.synthesis ?? syntheses[0]
  const warmup = options.warmup ?? 0
  const flags = flagCases(panel)
  const replayed = yield* replay(panel, policy, flags, {
    // Mean and median are always there to be compared with.
    syntheses: [...new Set([synthesis, 'mean', 'median', ...(options.all === true ? syntheses : [])] as const)],
    warmup,
    keepWeights: options.keepWeights === true,
  })
  const made = makeReport({ name, panel, policy, flags, replayed, warmup, synthesis, notes })
  return { ...made, report: { ...made.report, seconds: (now() - started) / 1000 }, panel, replayed }
}
