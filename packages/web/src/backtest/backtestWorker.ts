import { formatPredictions } from '@starling/sdk/backtest/formatPredictions'
import type { Backtest } from '@starling/sdk/backtest/runBacktest'
import type { Asked, Told } from './messages.ts'
import { runHere, type Show } from './runHere.ts'

/** Drawing must not cost what it shows: told no more often than this, in milliseconds. */
const PAUSE_MS = 100

let finished: Backtest | undefined
let next = 0

const tell = (told: Told): void => postMessage(told)

const show: Show = (what, done, total) => {
  const now = performance.now()
  if (now < next && done < total) return
  next = now + PAUSE_MS
  tell({ kind: 'progress', what, done, total })
}

async function answer(asked: Asked): Promise<Told> {
  if (asked.kind === 'run') {
    finished = await runHere(asked, show)
    return { kind: 'done', report: finished.report, running: finished.running }
  }
  const lines = finished === undefined ? [] : formatPredictions(finished.panel, finished.replayed)
  return { kind: 'answers', csv: new Blob([...lines], { type: 'text/csv;charset=utf-8' }) }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  answer(data).then(tell, (error: unknown) =>
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
})
