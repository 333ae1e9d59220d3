import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { prepare, root } from '../scripts/install.mjs'
import { FEW } from './statistics.mjs'

// npm run attacks [-- --seeds N] [--epochs N] [--grid] [--only G05,G06] [--write]: the attacks on the pay rules; --grid adds
// further points of the same attacks, --write makes docs/incentives.md. Fewer than five seeds are a short run, whose means are judged.
// npm run attacks -- --chain [--seeds N] [--write]: attacks on the state machine, in process.

const PAGE = 'docs/incentives.md'
/** Epochs of a run: enough for the sleeper to strike; a world of the specification has 500. */
const EPOCHS = 260
const SEEDS = 30
const CHAIN_SEEDS = 3
const USAGE = 'usage: npm run attacks -- [--seeds 1…1000] [--grid] [--only G05,G06] [--chain] [--write]'

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        seeds: { type: 'string' },
        epochs: { type: 'string', default: String(EPOCHS) },
        chain: { type: 'boolean', default: false },
        grid: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
        write: { type: 'boolean', default: false },
      },
    })
    const { chain, grid, write } = values
    const seeds = Number(values.seeds ?? (chain ? CHAIN_SEEDS : SEEDS))
    if (!Number.isInteger(seeds) || seeds < 1 || seeds > 1000) throw new Error(`--seeds is ${values.seeds}`)
    const epochs = Number(values.epochs)
    if (!Number.isInteger(epochs) || epochs < EPOCHS || epochs > 2000) throw new Error(`--epochs is ${values.epochs}`)
    const tier = grid ? 2 : seeds < FEW ? 0 : 1
    return { seeds, epochs, chain, grid, tier, wanted: values.only === '' ? [] : values.only.split(','), write }
  } catch (error) {
    process.stderr.write(`${error.message}\n${USAGE}\n`)
    process.exit(2)
  }
}

/** Results of all seeds, in their order; each thread takes the next seed when it has done one. */
function runAll({ seeds, ...run }) {
  let next = 1
  const results = []
  const thread = () =>
    new Promise((done, fail) => {
      const worker = new Worker(new URL(run.chain ? './chain/worker.mjs' : './worker.mjs', import.meta.url))
      const go = () => {
        if (next > seeds) return done(worker.terminate())
        worker.postMessage({ seed: next, ...run })
        next += 1
      }
      worker.on('error', fail)
      worker.on('message', ({ seed, results: metrics }) => {
        results[seed - 1] = metrics
        process.stderr.write(`seed ${seed} of ${seeds}\n`)
        go()
      })
      go()
    })
  const threads = Math.min(seeds, Math.max(1, cpus().length))
  return Promise.all(Array.from({ length: threads }, thread)).then(() => results)
}

const options = readOptions()
const { chain, write } = options
prepare()
const scenarios = chain
  ? await import('./chain/chainScenarios.mjs').then((all) => [...all.chainScenarios, ...all.slotScenarios])
  : await import('./scenarios.mjs').then((all) => all.scenarios)
const { judge, verdict } = await import('./table.mjs')
const { writePage } = await import('./page.mjs')
const results = await runAll(options)
const rows = scenarios.flatMap((scenario, i) => {
  const metrics = results.map((ofSeed) => ofSeed[i])
  return metrics[0] === null ? [] : [judge(scenario, metrics)]
})
for (const row of rows) {
  console.log(`${row.id}  ${row.title}\n     ours ${row.ours}${chain ? '' : `\n     reference ${row.reference}`}`)
  console.log(`     ${row.criterion}${row.criterion === '' ? '' : ': '}${verdict(row)}`)
}
if (write) writePage(`${root}${PAGE}`, rows, options)
const failed = rows.filter(({ passed, note }) => passed === false && note === '').length
const missed = rows.filter(({ passed, note }) => passed === false && note !== '').length
if (missed > 0) console.log(`${missed} known to miss, for the reason in the table`)
console.log(`${rows.filter(({ passed }) => passed === true).length} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1
