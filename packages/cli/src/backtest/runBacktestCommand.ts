import { kindOfLoss, type LossChoice, parseLoss } from '@starling/sdk/backtest/choosePolicy'
import { formatPredictions } from '@starling/sdk/backtest/formatPredictions'
import type { Panel } from '@starling/sdk/backtest/panel'
import { type Backtest, runBacktest } from '@starling/sdk/backtest/runBacktest'
import type { Synthesis } from '@starling/sdk/backtest/synthesis/collective'
import { readPanel } from '@starling/sdk/backtest/table/readPanel'
import { CliError } from '../cliError.ts'
import { nameOfInput } from '../input/readText.ts'
import type { Io } from '../io.ts'
import { paintFor } from '../output/paintFor.ts'
import { printJson } from '../output/printJson.ts'
import { createProgress } from './createProgress.ts'
import { EXAMPLE_LOSS, EXAMPLE_NAME, examplePanel } from './examplePanel.ts'
import { formatBacktest } from './formatBacktest.ts'
import { openTable } from './openTable.ts'
import { plotSvg } from './plotSvg.ts'
import { plotTerminal } from './plotTerminal.ts'
import { writeLines } from './writeLines.ts'

/** What the command line asks for. */
export type BacktestRequest = {
  readonly io: Io
  readonly json: boolean
  /** Path of the table, `-` for standard input; undefined for the example. */
  readonly file: string | undefined
  readonly loss?: string
  readonly synthesis?: Synthesis
  readonly all?: true
  readonly warmup?: string
  readonly out?: string
  readonly plot?: string
  readonly ignore?: string
  readonly where: readonly string[]
  readonly decimal?: 'comma' | 'dot'
}

/** Reads the table, replays it, and prints or writes what was asked for. */
export async function runBacktestCommand(request: BacktestRequest): Promise<void> {
  const { io, file } = request
  const chosen = request.loss === undefined ? undefined : parseLoss(request.loss)
  const warmup = readWarmup(request.warmup)
  const progress = createProgress(io)
  const name = file === undefined ? EXAMPLE_NAME : nameOfInput(file)
  try {
    const panel = await readRequested(request, chosen, name, progress.show)
    const loss = chosen ?? (file === undefined ? EXAMPLE_LOSS : undefined)
    const steps = runBacktest(name, panel, {
      ...(loss === undefined ? {} : { loss }),
      ...(request.synthesis === undefined ? {} : { synthesis: request.synthesis }),
      all: request.all === true,
      warmup,
      keepWeights: request.out !== undefined,
    })
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

async function readRequested(
  request: BacktestRequest,
  loss: LossChoice | undefined,
  name: string,
  show: ReturnType<typeof createProgress>['show'],
): Promise<Panel> {
  const pieces = request.file === undefined ? examplePanel(show) : openTable(request.file, request.io)
  const kind = loss === undefined ? undefined : kindOfLoss(loss)
  return readPanel(name, pieces, {
    ignore: (request.ignore ?? '').split(',').filter((column) => column !== ''),
    where: request.where.map(readFilter),
    ...(request.decimal === undefined ? {} : { decimal: request.decimal }),
    ...(kind === undefined ? {} : { kind }),
  })
}

async function deliver(
  { io, json, out, plot }: BacktestRequest,
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

function readWarmup(text: string | undefined): number {
  const warmup = Number(text ?? 0)
  if (text === '' || !Number.isSafeInteger(warmup) || warmup < 0) {
    throw new CliError(2, `--warmup must be a whole number of epochs from 0 on, got "${text}".`)
  }
  return warmup
}

function readFilter(text: string): { readonly column: string; readonly value: string } {
  const at = text.indexOf('=')
  if (at <= 0) throw new CliError(2, `--where must look like column=value, got "${text}".`)
  return { column: text.slice(0, at), value: text.slice(at + 1) }
}
