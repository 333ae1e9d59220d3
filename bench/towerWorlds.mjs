// Worlds with a known optimum: which share of the gap between the best fixed convex weights in hindsight and an oracle
// that knows each member's variance at every epoch the tower closes. B: which three of ten members are good changes
// every 200 epochs or so, unseen. C: eight members are good at different hours of the day, which the rows' key tells
// in blocks of `hours` (24: it tells nothing).
//   node bench/towerWorlds.mjs [--rule keyed,guarded,bare] [--seeds 4]
import { advanceTower } from '@starling/protocol/scoring/tower/advanceTower'
import { combineTower } from '@starling/protocol/scoring/tower/combineTower'
import { newTower } from '@starling/protocol/scoring/tower/newTower'

const option = (name, fallback) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : process.argv[at + 1]
}

/** Normal and uniform numbers from a seed. */
function makeRandom(seed) {
  let state = seed * 7919 + 17
  const uniform = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
  for (let i = 0; i < 20; i += 1) uniform()
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const shuffled = (n) =>
    Array.from({ length: n }, (_, i) => ({ i, at: uniform() }))
      .sort((a, b) => a.at - b.at)
      .map(({ i }) => i)
  return { uniform, normal, shuffled }
}

/** Rows with the deviations of the members, whose common error has deviation `common`. */
function worldOf(epochs, members, common, deviationsOf, truthOf, keyOf, { normal }) {
  return Array.from({ length: epochs }, (_, t) => {
    const deviations = deviationsOf(t)
    const truth = truthOf(t)
    const shared = common * normal()
    const x = Array.from({ length: members }, (_, j) => truth + shared + deviations[j] * normal())
    const precisions = deviations.map((d) => 1 / (d * d))
    const total = precisions.reduce((a, b) => a + b, 0)
    return { truth, x, key: keyOf(t), oracle: x.reduce((sum, v, j) => sum + (v * precisions[j]) / total, 0) }
  })
}

function hiddenRegimes(seed) {
  const random = makeRandom(seed)
  let good = random.shuffled(10).slice(0, 3)
  let level = 0
  const deviationsOf = () => {
    if (random.uniform() < 1 / 200) good = random.shuffled(10).slice(0, 3)
    return Array.from({ length: 10 }, (_, j) => (good.includes(j) ? 1 : 3))
  }
  const truthOf = () => {
    level += 0.1 * random.normal()
    return level
  }
  return worldOf(3000, 10, 0.5, deviationsOf, truthOf, () => '', random)
}

const visibleHours = (hours) => (seed) => {
  const deviationsOf = (t) =>
    Array.from({ length: 8 }, (_, j) => {
      const apart = Math.abs((t % 24) - 3 * j)
      return Math.min(apart, 24 - apart) <= 3 ? 0.7 : 2.5
    })
  const keyOf = (t) => String(Math.floor((t % 24) / hours))
  return worldOf(3600, 8, 0.4, deviationsOf, (t) => Math.sin(t / 40) * 3, keyOf, makeRandom(seed))
}

/** Mean squared error of the best fixed convex weights, by exponentiated gradients over the members' errors. */
function fixedConvex(rows) {
  const n = rows[0].x.length
  const second = Array.from({ length: n }, (_, i) =>
    Array.from(
      { length: n },
      (_, j) => rows.reduce((s, { x, truth }) => s + (x[i] - truth) * (x[j] - truth), 0) / rows.length,
    ),
  )
  let weights = Array.from({ length: n }, () => 1 / n)
  const slopes = () => second.map((row) => row.reduce((sum, one, j) => sum + one * weights[j], 0))
  for (let step = 0; step < 4000; step += 1) {
    const raw = slopes().map((slope, j) => weights[j] * Math.exp(-0.5 * slope))
    const total = raw.reduce((a, b) => a + b, 0)
    weights = raw.map((one) => one / total)
  }
  return slopes().reduce((sum, slope, j) => sum + weights[j] * slope, 0)
}

function play(rows, rule) {
  const config = { loss: 'squared', domain: [-1e9, 1e9], labels: [], levels: [], rule }
  let state = newTower(config)
  let lost = 0
  for (const { x, truth, key } of rows) {
    const inferences = x.map((value, j) => ({ worker: `w${j}`, values: [value] }))
    const [{ values, memory }] = combineTower(config, state, [{ inferences, key }], { oneOut: false })
    state = advanceTower(config, state, [{ inferences, key, memory, truth }])
    lost += (values[0] - truth) ** 2
  }
  return lost / rows.length
}

const worlds = {
  'B, hidden regimes': hiddenRegimes,
  'C, hours in eights': visibleHours(3),
  'C, every hour': visibleHours(1),
  'C, hours unseen': visibleHours(24),
}
const seeds = Array.from({ length: Number(option('--seeds', '4')) }, (_, i) => i + 1)
for (const rule of option('--rule', 'keyed,bare').split(',')) {
  for (const [name, make] of Object.entries(worlds)) {
    const closed = seeds.map((seed) => {
      const rows = make(seed)
      const fixed = fixedConvex(rows)
      const oracle = rows.reduce((sum, row) => sum + (row.oracle - row.truth) ** 2, 0) / rows.length
      return (fixed - play(rows, rule)) / (fixed - oracle)
    })
    const mean = closed.reduce((a, b) => a + b, 0) / closed.length
    console.log(`${rule}  ${name}: ${mean.toFixed(3)} of the gap (${closed.map((one) => one.toFixed(2)).join(', ')})`)
  }
}
