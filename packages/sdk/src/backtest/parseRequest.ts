import Papa from 'papaparse'
import { StarlingError } from '../starlingError.ts'
import { kindOfLoss, parseLoss } from './choosePolicy.ts'
import type { BacktestOptions } from './runBacktest.ts'
import type { Synthesis } from './synthesis/collective.ts'
import type { ReadOptions } from './table/readPanel.ts'

/** What a backtest may be told, as people write it: on the command line, or in the fields of a page. */
export type BacktestRequest = {
  /** `squared`, `huber:1`, … */
  readonly loss?: string
  readonly synthesis?: Synthesis
  readonly all?: boolean
  /** A whole number of epochs. */
  readonly warmup?: string
  /** Columns to leave out, separated by commas; names that hold one in quotes. */
  readonly ignore?: string
  /** `column=value`: only these rows. */
  readonly where?: readonly string[]
  readonly decimal?: 'comma' | 'dot'
}

/** The same for the reader and for the replay. */
export type ParsedRequest = { readonly read: ReadOptions; readonly run: BacktestOptions }

/** Reads what was asked for. Throws a `StarlingError` (`bad-input`) that names the option by its flag. */
export function parseRequest(request: BacktestRequest): ParsedRequest {
  const { loss: text, synthesis, decimal } = request
  const loss = text === undefined ? undefined : parseLoss(text)
  const kind = loss === undefined ? undefined : kindOfLoss(loss)
  return {
    read: {
      ignore: readNames(request.ignore ?? ''),
      where: (request.where ?? []).map(readFilter),
      ...(decimal === undefined ? {} : { decimal }),
      ...(kind === undefined ? {} : { kind }),
    },
    run: {
      ...(loss === undefined ? {} : { loss }),
      ...(synthesis === undefined ? {} : { synthesis }),
      all: request.all === true,
      warmup: readWarmup(request.warmup),
    },
  }
}

function readNames(text: string): readonly string[] {
  const { data } = Papa.parse<string[]>(text, { delimiter: ',' })
  return data.flat().flatMap((column) => (column.trim() === '' ? [] : [column.trim()]))
}

function readWarmup(text: string | undefined): number {
  const warmup = Number(text ?? 0)
  if (text === '' || !Number.isSafeInteger(warmup) || warmup < 0) {
    throw new StarlingError('bad-input', `--warmup must be a whole number of epochs from 0 on, got "${text}".`)
  }
  return warmup
}

function readFilter(text: string): { readonly column: string; readonly value: string } {
  const at = text.indexOf('=')
  if (at <= 0) throw new StarlingError('bad-input', `--where must look like column=value, got "${text}".`)
  return { column: text.slice(0, at), value: text.slice(at + 1) }
}
