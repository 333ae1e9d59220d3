// Milliseconds of one epoch of the tower by members, with and without one-outs. Prints figures only.
import { advanceTower } from '@starling/protocol/scoring/tower/advanceTower'
import { combineTower } from '@starling/protocol/scoring/tower/combineTower'
import { newTower } from '@starling/protocol/scoring/tower/newTower'
import { printAim, printTable, shorten } from './lib/report.mjs'

const config = { loss: 'squared', domain: [-1e9, 1e9], labels: [], levels: [] }
const labels = { loss: 'cross-entropy', domain: [0, 1], labels: ['a', 'b', 'c'], levels: [] }

/** Numbers in [0, 1) from a fixed seed. */
function makeRandom() {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

const kinds = {
  numbers: {
    config,
    truth: (random) => random() * 10,
    values: (truth, random, i) => [truth + (random() - 0.5) * (1 + (i % 7))],
  },
  labels: {
    config: labels,
    truth: (random) => Math.floor(random() * 3),
    values: (truth, random) => {
      const p = [0, 1, 2].map((label) => random() + (label === truth ? 0.5 : 0.05))
      const total = p[0] + p[1] + p[2]
      return p.map((one) => one / total)
    },
  },
}

function measure({ config, truth: truthOf, values }, members, epochs, oneOut) {
  const random = makeRandom()
  let state = newTower(config)
  const times = []
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const truth = truthOf(random)
    const inferences = Array.from({ length: members }, (_, i) => ({
      worker: `w${String(i).padStart(4, '0')}`,
      values: values(truth, random, i),
    }))
    const started = performance.now()
    const [{ memory }] = combineTower(config, state, [{ inferences }], { oneOut })
    state = advanceTower(config, state, [{ inferences, memory, truth }])
    times.push(performance.now() - started)
  }
  return times.slice(Math.floor(epochs / 5)).sort((a, b) => a - b)
}

const SIZES = [
  [4, 3000],
  [16, 3000],
  [64, 600],
  [128, 300],
  [256, 150],
  [512, 100],
]
const medianOf = (times) => times[Math.floor(0.5 * (times.length - 1))]

const measured = Object.entries(kinds).flatMap(([kind, rules]) =>
  SIZES.map(([members, epochs]) => {
    const [bare, full] = [false, true].map((oneOut) => measure(rules, members, epochs, oneOut))
    return {
      kind,
      members,
      bare: medianOf(bare),
      full: medianOf(full),
      high: full[Math.floor(0.95 * (full.length - 1))],
    }
  }),
)
printTable({
  title: 'The tower',
  note: 'milliseconds to answer one epoch and to learn from it, medians of the later epochs',
  columns: ['members', 'without one-outs', 'with all one-outs', '95 %'],
  rows: measured.map(({ kind, members, ...times }) => [
    `${members}, ${kind}`,
    ...[times.bare, times.full, times.high].map(shorten),
  ]),
})
for (const { kind, members, full } of measured) {
  if (members !== 64) continue
  printAim({ what: `64 members with all one-outs, ${kind}`, value: full, within: 'at most', limit: 5, unit: ' ms' })
}
