// Epochs per second of a backtest by number of models and synthesis, as the command runs it. Prints figures, asserts only that all rows score.
import { optimiseLater } from '@starling/cli/backtest/optimiseLater'
import { runBacktest } from '@starling/sdk/backtest/runBacktest'
import { readPanel } from '@starling/sdk/backtest/table/readPanel'
import { printAim, printTable, shorten } from './lib/report.mjs'

/** Numbers in [0, 1) from a fixed seed. */
function makeRandom() {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

/** A table of models that are off by more the later their column, one cell in twenty empty. */
async function* makeTable(models, rows) {
  const random = makeRandom()
  yield `truth,${Array.from({ length: models }, (_, i) => `m${i}`).join(',')}\n`
  for (let row = 0; row < rows; row += 1) {
    const truth = Math.sin(row / 50) + random()
    const cells = Array.from({ length: models }, (_, i) =>
      random() < 0.05 ? '' : truth + (random() - 0.5) * (1 + i / models),
    )
    yield `${truth},${cells.join(',')}\n`
  }
}

async function measure([models, rows, synthesis]) {
  const started = performance.now()
  const panel = await readPanel('bench', makeTable(models, rows))
  const read = performance.now()
  const before = process.cpuUsage()
  const steps = runBacktest('bench', panel, { synthesis })
  let step = steps.next()
  while (!step.done) step = steps.next()
  const { report } = step.value
  if (report.scored !== rows) throw new Error(`${report.scored} of ${rows} rows scored`)
  const { user, system } = process.cpuUsage(before)
  return {
    models,
    rows,
    synthesis,
    clock: report.epochs / report.seconds,
    processor: (report.epochs * 1e6) / (user + system),
    reading: (rows * 1000) / (read - started),
  }
}

optimiseLater()
const measured = []
for (const one of [
  [16, 4000, 'tower'],
  [16, 2000, 'regret'],
  [16, 4000, 'mean'],
  [16, 30_000, 'tower'],
  [300, 200, 'tower'],
  [300, 40, 'regret'],
]) {
  measured.push(await measure(one))
}

printTable({
  title: 'Backtests, with intervals, pay and edge, beside mean and median',
  columns: ['synthesis', 'models', 'rows', 'epochs/s', 'epochs/s of processor', 'rows read/s'],
  rows: measured.map(({ synthesis, models, rows, clock, processor, reading }) => [
    synthesis,
    models,
    rows,
    shorten(clock),
    shorten(processor),
    shorten(reading),
  ]),
})
for (const { models, rows, synthesis, processor: value } of measured) {
  if (synthesis !== 'tower') continue
  const what = `tower, ${models} models, ${rows} rows, epochs a second of processor`
  printAim({ what, value, within: 'at least', limit: models === 16 ? 2000 : 20 })
}
