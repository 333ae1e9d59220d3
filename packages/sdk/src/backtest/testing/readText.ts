import type { Panel } from '../panel.ts'
import { type Backtest, type BacktestOptions, runBacktest } from '../runBacktest.ts'
import { type ReadOptions, readPanel } from '../table/readPanel.ts'

/** A text in pieces of that many characters. */
export async function* inPieces(text: string, size: number = Math.max(1, text.length)): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

/** The panel of a text called `t.csv`. */
export async function panelOf(text: string, options: ReadOptions = {}): Promise<Panel> {
  return readPanel('t.csv', inPieces(text), options)
}

/** The sentence that refuses a text. Throws where it is not refused. */
export async function refusalOf(text: string, options: ReadOptions = {}): Promise<string> {
  try {
    await panelOf(text, options)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it was read')
}

/** The backtest of a text, run to its end. */
export async function backtestOf(
  text: string,
  options: BacktestOptions = {},
  read: ReadOptions = {},
): Promise<Backtest> {
  const steps = runBacktest('t.csv', await panelOf(text, read), { now: () => 0, ...options })
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}
