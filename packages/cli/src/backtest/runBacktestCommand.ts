import { example } from '@starling/sdk/backtest/example'
import { formatPredictions } from '@starling/sdk/backtest/formatPredictions'
import { type BacktestRequest, parseRequest } from '@starling/sdk/backtest/parseRequest'
import { type Backtest, runBacktest } from '@starling/sdk/backtest/runBacktest'
import { readPanel } from '@starling/sdk/backtest/table/readPanel'
import { nameOfInput } from '../input/readText.ts'
import type { Io } from '../io.ts'
import { paintFor } from '../output/paintFor.ts'
import { printJson } from '../output/printJson.ts'
import { checkOutputs } from './checkOutputs.ts'
import { createProgress } from './createProgress.ts'
import { examplePanel } from './examplePanel.ts'
import { formatBacktest } from './formatBacktest.ts'
import { openTable } from './openTable.ts'
import { optimiseLater } from './optimiseLater.ts'
import { plotSvg } from './plotSvg.ts'
import { plotTerminal } from './plotTerminal.ts'
import { writeLines } from './writeLines.ts'

/** What the command line asks for. */
export type CommandRequest = BacktestRequest & {
  readonly io: Io
  readonly json: boolean
  /** Path of the table, `-` for standard input; undefined for the example. */
  readonly file: string | undefined
  readonly out?: string
  readonly plot?: string
}

/** Reads the table, replays it, and prints or writes what was asked for. */
export async function runBacktestCommand(request: CommandRequest): Promise<void> {
  optimiseLater()
  const { io, file } = request
  const { read, run } = parseRequest(file === undefined ? { loss: example.loss, ...request } : request)
  await checkOutputs({ file, out: request.out, plot: request.plot })
  const progress = createProgress(io)
  const name = file === undefined ? example.name : nameOfInput(file)
  try {
    const pieces = file === undefined ? examplePanel(progress.show) : openTable(file, io)
    const panel = await readPanel(name, pieces, read)
    const steps = runBacktest(name, panel, { ...run, keepWeights: request.out !== undefined })
    let step = steps.next()
    while (step.done !== true) {
      progress.show('epochs', step.value.done, step.value.total)
      step = steps.next()
    }
    progress.stop()
    await deliver(request, step.value)
  } finally {
    progress.stop()
  }
}

async function deliver(
  { io, json, out, plot }: CommandRequest,
  { report, running, panel, replayed }: Backtest,
): Promise<void> {
  if (out !== undefined) await writeLines(out, formatPredictions(panel, replayed))
  if (plot !== undefined) await writeLines(plot, [await plotSvg(report, running)])
  if (json) {
    printJson(io, report)
    return
  }
  io.stdout.write(formatBacktest(report, paintFor(io.stdout, io.env)))
  if (report.epochs > 1) io.stdout.write(await plotTerminal(report, running, io))
  for (const path of [out, plot]) if (path !== undefined) io.stderr.write(`Wrote ${path}.\n`)
}
