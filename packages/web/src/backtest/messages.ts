import type { BacktestRequest } from '@starling/sdk/backtest/parseRequest'
import type { BacktestReport, RunningLoss } from '@starling/sdk/backtest/report'

/** What the page asks of the worker: one backtest, and then perhaps its answers row by row. */
export type Asked =
  | {
      readonly kind: 'run'
      readonly name: string
      readonly file: Blob
      readonly request: BacktestRequest
      /** Whether the weights are kept row by row, for the answers. */
      readonly keep: boolean
    }
  | { readonly kind: 'answers' }

/** What the worker says. */
export type Told =
  | { readonly kind: 'progress'; readonly what: string; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly report: BacktestReport; readonly running: RunningLoss }
  | { readonly kind: 'answers'; readonly csv: Blob }
  | { readonly kind: 'failed'; readonly message: string }
