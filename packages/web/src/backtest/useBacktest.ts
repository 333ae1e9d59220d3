import type { BacktestReport, RunningLoss } from '@starling/sdk/backtest/report'
import { useEffect, useRef, useState } from 'preact/hooks'
import { download } from '../parts/download.ts'
import type { Asked, Told } from './messages.ts'
import type { TableToRun } from './runHere.ts'

/** Where a backtest stands. */
export type Run =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly what: string; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'done'; readonly report: BacktestReport; readonly running: RunningLoss; readonly kept: boolean }

/** Backtests, one at a time, each in a web worker of its own: ending the worker cancels it. */
export type Backtests = {
  readonly run: Run
  readonly start: (table: TableToRun) => void
  readonly cancel: () => void
  /** Downloads the answers, intervals and weights of the backtest that is done, as `--out` writes them. */
  readonly downloadAnswers: () => void
}

/** Runs backtests as long as it is drawn. */
export function useBacktest(): Backtests {
  const [run, setRun] = useState<Run>({ kind: 'idle' })
  const worker = useRef<Worker | undefined>(undefined)
  const stop = (): void => worker.current?.terminate()
  useEffect(() => stop, [])
  const start = (table: TableToRun): void => {
    stop()
    const started = new Worker(new URL('./backtestWorker.ts', import.meta.url), { type: 'module' })
    worker.current = started
    setRun({ kind: 'running', what: 'bytes read', done: 0, total: table.file.size })
    started.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'progress') setRun({ ...data, kind: 'running' })
      else if (data.kind === 'done') setRun({ ...data, kept: table.keep })
      else if (data.kind === 'failed') setRun({ kind: 'failed', error: new Error(data.message) })
      else download(`${table.name.replace(/\.(csv|txt|tsv|gz)+$/gi, '')}-answers.csv`, data.csv)
    })
    started.addEventListener('error', ({ message }) => {
      const why = message || 'its code could not be loaded'
      setRun({ kind: 'failed', error: new Error(`The backtest has ended: ${why}. Reload the page and try again.`) })
    })
    ask(started, { kind: 'run', ...table })
  }
  return {
    run,
    start,
    cancel: () => {
      stop()
      setRun({ kind: 'idle' })
    },
    downloadAnswers: () => {
      if (worker.current !== undefined) ask(worker.current, { kind: 'answers' })
    },
  }
}

function ask(worker: Worker, asked: Asked): void {
  worker.postMessage(asked)
}
