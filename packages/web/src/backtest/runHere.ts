import { type BacktestRequest, parseRequest } from '@starling/sdk/backtest/parseRequest'
import { type Backtest, runBacktest } from '@starling/sdk/backtest/runBacktest'
import { type Bytes, decodeTable } from '@starling/sdk/backtest/table/decodeTable'
import { readPanel } from '@starling/sdk/backtest/table/readPanel'
import { gunzip } from './gunzip.ts'

/** How far a backtest is: what is counted, how many are done, of how many. */
export type Show = (what: string, done: number, total: number) => void

/** A table and what is asked of it. */
export type TableToRun = {
  readonly name: string
  readonly file: Blob
  readonly request: BacktestRequest
  readonly keep: boolean
}

/**
 * Reads a table and replays it with the functions that `starling backtest` uses. Throws the same errors, in the same
 * words.
 */
export async function runHere({ name, file, request, keep }: TableToRun, show: Show): Promise<Backtest> {
  const { read, run } = parseRequest(request)
  const panel = await readPanel(name, decodeTable(name, counted(file, show), gunzip), read)
  const steps = runBacktest(name, panel, { ...run, keepWeights: keep })
  let step = steps.next()
  while (step.done !== true) {
    show('epochs', step.value.done, step.value.total)
    step = steps.next()
  }
  return step.value
}

async function* counted(file: Blob, show: Show): Bytes {
  let done = 0
  for await (const bytes of piecesOf(file.stream())) {
    yield bytes
    done += bytes.length
    show('bytes read', done, file.size)
  }
}

/** Streams can be read in every browser, and iterated in some. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): Bytes {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}
