import { parseArgs } from 'node:util'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { createInputs } from './inputs.mjs'
import { createRandom } from './random.mjs'
import { openScene } from './scene.mjs'

// Feeds mutated transactions to two replicas, through CheckTx and in blocks, and fails at the first exception, the first
// difference between the two and the first broken invariant, naming the round that repeats it. Every round begins with a
// new chain, so that a long run can be cut anywhere and resumed with --from.

const ROUND = 10_000
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
})
const wrong = Object.keys(values).filter((name) => !/^[0-9]{1,9}$/.test(values[name]))
for (const name of wrong) process.stderr.write(`--${name} must be a whole number, got "${values[name]}"\n`)
if (wrong.length > 0) process.exit(2)
const [count, from, seed] = [values.count, values.from, values.seed].map(Number)

/** Everything a result says, as text. */
const print = (result) =>
  JSON.stringify(result, (_key, value) =>
    typeof value === 'bigint' ? `${value}n` : value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  )

const tally = { txs: 0, done: 0, failed: 0, refused: 0, blocks: 0, codes: new Set() }

class Finding extends Error {}

/** The same call on both replicas; what it gives where both agree. */
function both(scenes, what, call) {
  const [one, two] = scenes.map((scene) => {
    try {
      return call(scene)
    } catch (error) {
      throw new Finding(`${what} threw ${error instanceof Error ? error.stack : String(error)}`)
    }
  })
  if (print(one) !== print(two)) throw new Finding(`${what} differs:\n  ${print(one)}\n  ${print(two)}`)
  return one
}

function makeBlock(scenes, txs) {
  const height = scenes[0].height() + 1n
  const { txResults } = both(scenes, `block ${height}`, ({ application }) => {
    const result = application.finalizeBlock({ height, timeMs: height * 1000n, txs })
    application.commit()
    return { ...result, hash: application.info().appHash }
  })
  tally.blocks += 1
  for (const { code, codespace, gasUsed } of txResults) {
    tally.txs += 1
    if (code === 0) tally.done += 1
    else if (gasUsed > 0n) tally.failed += 1
    else tally.refused += 1
    tally.codes.add(`${codespace}/${code}`)
  }
}

function runRound(round, most) {
  const random = createRandom(seed * 1_000_003 + round)
  const scenes = [openScene(), openScene()]
  const inputs = createInputs(random, scenes[0])
  const end = tally.txs + most
  for (let block = 0; tally.txs < end; block += 1) {
    if (block % 5 === 0) inputs.refresh()
    const txs = inputs.next()
    for (const tx of txs) {
      both(scenes, `CheckTx of ${Buffer.from(tx).toString('hex')}`, ({ application }) => application.checkTx(tx, 'new'))
    }
    makeBlock(scenes, txs)
    if (block % 25 === 0) scenes[0].check()
  }
  for (let block = 0; block < 12; block += 1) makeBlock(scenes, [])
  for (const scene of scenes) scene.check()
}

useNativeSecp256k1()
const rounds = Math.ceil(count / ROUND)
const started = performance.now()
let failed = 0
for (let round = from; round < from + rounds && failed === 0; round += 1) {
  try {
    runRound(round, Math.min(ROUND, count - (round - from) * ROUND))
    if (round % 10 === 9) process.stderr.write(`round ${round}: ${tally.txs} transactions\n`)
  } catch (error) {
    failed = 1
    process.stderr.write(`round ${round} of seed ${seed}: ${error instanceof Finding ? error.message : error.stack}\n`)
    process.stderr.write(`Repeat it with: npm run fuzz -- --seed ${seed} --from ${round} --count ${ROUND}\n`)
  }
}
const seconds = (performance.now() - started) / 1000
process.stdout.write(
  `fuzz: ${tally.txs} transactions in ${tally.blocks} blocks on two replicas, ${Math.round(tally.txs / seconds)} tx/s: ` +
    `${tally.done} done, ${tally.failed} paid and failed, ${tally.refused} refused, ${tally.codes.size} kinds of result\n`,
)
process.stdout.write(`${failed === 0 ? rounds : 0} passed, ${failed} failed\n`)
process.exitCode = failed
