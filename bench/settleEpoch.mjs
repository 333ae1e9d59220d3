// Milliseconds of settleEpoch by numbers of inferers and forecasters, and of the same algorithm on decimal.js numbers of
// 34 digits beside it. Prints figures; fails where an epoch does not settle or the two disagree by more than 1e-9.

import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { numberPolicy } from '@starling/protocol/scoring/testing/numberPolicy'
import { loadDecimalScoring } from './lib/decimalScoring.mjs'
import { median, quantile, timed } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const TOLERANCE = 1e-9
const AIM = 300
const REWARD = 10n ** 18n
const topicOf = (policy) => ({ id: 1, policy, params: defaultScoringParams })
const verifiedPolicy = { ...numberPolicy, pay: 'contribution', synthesis: 'tower', intervals: 'conformal' }

/** Numbers in [0, 1) from a fixed seed. */
function makeRandom() {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

function makeEpoch({ policy = numberPolicy, inferers, forecasters }, nonce, random) {
  const names = Array.from({ length: inferers }, (_, i) => `i${String(i).padStart(4, '0')}`)
  const truth = random() * 10
  return {
    topic: topicOf(policy),
    nonce,
    inferences: names.map((worker, i) => ({ worker, values: [truth + (random() - 0.5) * (1 + (i % 7))] })),
    forecasts: Array.from({ length: forecasters }, (_, i) => ({
      forecaster: `f${String(i).padStart(4, '0')}`,
      elements: names.slice(0, 12).map((inferer) => ({ inferer, value: random() - 1 })),
    })),
    reputers: ['r1', 'r2', 'r3'].map((address) => ({ address, stake: 1000n, value: truth })),
    reward: REWARD,
  }
}

/** Settles a row of epochs, each on the state after the one before it; their times and the last outcome. */
function settleRow(settle, size, convert = (data) => data) {
  const { epochs } = size
  const random = makeRandom()
  let state = convert(emptyScoringState())
  const times = []
  let outcome
  for (let nonce = 1; nonce <= epochs; nonce += 1) {
    const given = convert(makeEpoch(size, nonce, random))
    const lastAnswer = outcome?.network?.combined ?? null
    const input = { ...given, prior: state, priorUpdate: state, lastAnswer }
    times.push(
      timed(() => {
        outcome = settle(input)
      }),
    )
    if (outcome.status !== 'settled') throw new Error(outcome.reason)
    state = outcome.state
  }
  return { times: times.slice(Math.floor(epochs / 5)), outcome }
}

/** The largest distance of two numbers at the same place of two outcomes: relative above 1, of coins relative to the reward. */
function distance(float, decimal, path = 'outcome') {
  if (typeof float === 'number' || typeof float === 'bigint') {
    const [a, b] = [Number(float), Number(decimal)]
    const scale = typeof float === 'bigint' ? Number(REWARD) : Math.max(1, Math.abs(a))
    return { worst: Math.abs(a - b) / scale, path }
  }
  if (typeof float !== 'object' || float === null) {
    if (float !== decimal) throw new Error(`${path}: ${float} and ${decimal}`)
    return { worst: 0, path }
  }
  const names = Object.keys(float)
  if (names.join() !== Object.keys(decimal).join()) throw new Error(`${path} has other fields in decimals`)
  return names
    .map((name) => distance(float[name], decimal[name], `${path}.${name}`))
    .reduce((a, b) => (b.worst > a.worst ? b : a), { worst: 0, path })
}

const { settleEpoch: settleDecimals, toDecimals } = await loadDecimalScoring()

/** The same row in both numbers, float64 before and after, so that a busy moment shows. */
function sideBySide(size) {
  settleRow(settleEpoch, { ...size, epochs: 10 * size.epochs })
  const float = settleRow(settleEpoch, size)
  const decimal = settleRow(settleDecimals, size, toDecimals)
  const again = settleRow(settleEpoch, size)
  const { worst, path } = distance(float.outcome, decimal.outcome)
  if (!(worst <= TOLERANCE)) throw new Error(`float64 and decimals differ by ${worst} in ${path}`)
  return { float: median([...float.times, ...again.times]), decimal: median(decimal.times), worst }
}

const compared = [
  { inferers: 8, forecasters: 2, epochs: 40 },
  { inferers: 32, forecasters: 6, epochs: 8 },
  { inferers: 64, forecasters: 16, epochs: 3 },
].map((size) => ({ ...size, ...sideBySide(size) }))
printTable({
  title: 'settleEpoch in float64 and in decimal.js with 34 digits',
  note: 'the same algorithm and epochs; milliseconds, median of the later ones',
  columns: ['inferers, forecasters', 'float64', 'decimal.js', 'ratio', 'largest difference'],
  rows: compared.map(({ inferers, forecasters, float, decimal, worst }) => [
    `${inferers}, ${forecasters}`,
    shorten(float),
    shorten(decimal),
    `${shorten(decimal / float)} ×`,
    worst.toExponential(1),
  ]),
})

const grown = [
  [8, 2, 200],
  [32, 6, 100],
  [32, 32, 40],
  [128, 32, 10],
  [256, 64, 6],
  [512, 128, 3],
].map(([inferers, forecasters, epochs]) => {
  const { times } = settleRow(settleEpoch, { inferers, forecasters, epochs })
  return [`${inferers}, ${forecasters}`, shorten(median(times)), shorten(quantile(times, 0.95))]
})
printTable({
  title: 'settleEpoch as topics grow',
  note: 'float64, milliseconds of the later epochs',
  columns: ['inferers, forecasters', 'median', '95 %'],
  rows: grown,
})
const verified = [
  [12, 2, 240],
  [16, 0, 240],
  [32, 6, 150],
  [64, 0, 120],
  [128, 32, 20],
  [512, 0, 8],
].map(([inferers, forecasters, epochs]) => {
  const size = { inferers, forecasters, epochs }
  const { times } = settleRow(settleEpoch, { ...size, policy: verifiedPolicy })
  const reference = median(settleRow(settleEpoch, size).times)
  const middle = median(times)
  return [`${inferers}, ${forecasters}`, shorten(middle), shorten(quantile(times, 0.95)), shorten(middle - reference)]
})
printTable({
  title: 'settleEpoch of verified topics',
  note: 'tower, contribution pay, intervals and edge flag; milliseconds of the later epochs, and what is above the rules of the reference',
  columns: ['inferers, forecasters', 'median', '95 %', 'more'],
  rows: verified,
})
printAim({
  what: 'decimal.js against float64, the smallest ratio',
  value: Math.min(...compared.map(({ float, decimal }) => decimal / float)),
  within: 'at least',
  limit: AIM,
  unit: ' ×',
})
