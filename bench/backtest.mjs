// Epochs per second of a backtest by number of models and synthesis. Prints figures, asserts only that all rows score.
import { runBacktest } from '@starling/sdk/backtest/runBacktest'
import { readPanel } from '@starling/sdk/backtest/table/readPanel'

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

for (const [models, rows, synthesis] of [
  [16, 4000, 'tower'],
  [16, 4000, 'regret'],
  [16, 4000, 'mean'],
  [300, 200, 'tower'],
  [300, 60, 'regret'],
]) {
  const started = performance.now()
  const panel = await readPanel('bench', makeTable(models, rows))
  const read = performance.now()
  const steps = runBacktest('bench', panel, { synthesis })
  let step = steps.next()
  while (!step.done) step = steps.next()
  const { report } = step.value
  if (report.scored !== rows) throw new Error(`${report.scored} of ${rows} rows scored`)
  const rate = Math.round(report.epochs / report.seconds)
  const reading = Math.round((rows * 1000) / (read - started))
  console.log(`  ${synthesis}, ${models} models, ${rows} rows: ${rate} epochs/s (reading ${reading} rows/s)`)
}
