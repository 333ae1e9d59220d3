import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { computeLoss } from '@starling/protocol/scoring/losses/computeLoss'
import { computeListeningCoefficients } from '@starling/protocol/scoring/reported/computeListeningCoefficients'
import { computeAttestedReputerFractions } from '@starling/protocol/scoring/rewards/computeAttestedReputerFractions'
import { computeReputerFractions } from '@starling/protocol/scoring/rewards/computeReputerFractions'
import { numberPolicy } from '@starling/protocol/scoring/testing/numberPolicy'
import { agreeOnTruth } from '@starling/protocol/scoring/truth/agreeOnTruth'
import { reputerCloseness } from '@starling/protocol/scoring/truth/reputerCloseness'
import { makeContributionPay } from './contributionPay.mjs'
import { makeRandom, normal } from './random.mjs'
import { makeReferencePay } from './referencePay.mjs'
import { honestName, WARM_UP } from './simulate.mjs'
import { worlds } from './worlds.mjs'

/** Epochs of a cartel and of a smear. */
const EPOCHS = 500
const NOISE = 0.02
/**
 * Twenty times what honest reports differ by. The agreed truth is somebody's report, and with a narrow tolerance its
 * author is paid visibly more than those beside it: at five times the noise a whale of 40 % in six parts has 4 points more.
 */
const policy = { ...numberPolicy, tolerance: 20 * NOISE, minReputers: 3 }
const params = defaultScoringParams
const UNITS = 60
const CARTEL_WORKERS = [16, 17, 18, 19].map(honestName)
const STEP = 5
/** Reported losses are those of so many workers: more would cost time and change nothing. */
const REPORTED = 8
const LAZY_EPOCHS = 250
const WHALE_EPOCHS = 150

const meanOf = (values) => values.reduce((a, b) => a + b, 0) / values.length
const logLoss = (value, truth) => Math.log10((value - truth) ** 2 + 1e-4)

/** Stakes in sixtieths of the whole: the attacker's, in equal parts, and the rest for the honest, in equal parts. */
function stakesOf({ share, parts = 1, honest = 5 }) {
  const units = Math.round(share * UNITS * 100)
  const rest = UNITS * 100 - units
  return {
    own: Array.from({ length: parts }, () => Math.round(units / parts)),
    others: Array.from({ length: honest }, () => Math.round(rest / honest)),
  }
}

/** Rewards of one epoch by truth reports (SPEC VT-3): null where it is contested. */
function attestedPay(reports) {
  const agreement = agreeOnTruth(
    policy,
    reports.map(({ value, stake }, i) => ({ reputer: `r${i}`, value, stake: BigInt(stake) })),
  )
  if (agreement.contested) return null
  const close = reports.map(({ value, stake }) => ({
    stake: BigInt(stake),
    closeness: reputerCloseness(value, agreement.truth, policy.tolerance, false),
  }))
  return { truth: agreement.truth, fractions: computeAttestedReputerFractions(close) }
}

/** Rewards of one epoch where each reputer hands in the losses of all workers, as the reference has it. */
function reportedPay(reports, coefficients) {
  const bundles = reports.map(({ stake, losses }) => ({ stake, losses }))
  const listening = computeListeningCoefficients(bundles, coefficients, params)
  const scored = reports.map(({ stake }, i) => ({ stake, score: listening.scores[i] }))
  return { coefficients: listening.coefficients, fractions: computeReputerFractions(scored, params.pRewardReputer) }
}

/** What a lazy reputer says: `mempool` holds the others' reports only where nothing is sealed. */
const lazy = {
  meanOfOthers: ({ mempool, lastTruth }) => (mempool ? meanOf(mempool) : lastTruth),
  lastReport: ({ lastTruth }) => lastTruth,
  networkValue: ({ network }) => network,
  oneOfOthers: ({ mempool, lastTruth, random }) => (mempool ? mempool[0] + 0.001 * normal(random) : lastTruth),
}

/** Six equal reputers of which some are lazy: reward of a lazy one over that of an honest one, and how often contested. */
function runLazy({ policy: say, count, wrongSource = false }, seed) {
  const random = makeRandom(seed + 77)
  const { truths, values } = worlds.W1(seed, LAZY_EPOCHS)
  const totals = { contribution: [0, 0], reference: [0, 0] }
  let contested = 0
  let coefficients = []
  let lastTruth = 0
  for (const [t, truth] of truths.entries()) {
    const seen = Array.from({ length: 6 - count }, () => truth + NOISE * normal(random))
    const network = meanOf(values[t].slice(0, 10))
    const view = { lastTruth, network, random, mempool: null }
    const source = wrongSource ? truth + 3 : null
    const lazyReport = () => source ?? lazy[say](view)
    const sealed = [...seen, ...Array.from({ length: count }, lazyReport)].map((value) => ({ value, stake: UNITS }))
    const paid = attestedPay(sealed)
    if (paid === null) contested += 1
    const predictions = values[t].slice(0, REPORTED)
    const honestBundles = seen.map((x) => predictions.map((value) => logLoss(value, x) * (1 + NOISE * normal(random))))
    const copied = say === 'meanOfOthers' || say === 'oneOfOthers'
    const bundleOf = () =>
      say === 'meanOfOthers'
        ? honestBundles[0].map((_, i) => meanOf(honestBundles.map((bundle) => bundle[i])))
        : copied
          ? honestBundles[0].map((loss) => loss * (1 + 0.001 * normal(random)))
          : predictions.map((value) => logLoss(value, lazyReport()))
    const bundles = [...honestBundles, ...Array.from({ length: count }, bundleOf)]
    const reported = reportedPay(
      bundles.map((losses) => ({ stake: UNITS, losses })),
      coefficients,
    )
    coefficients = reported.coefficients
    for (const [rule, fractions] of [
      ['contribution', paid?.fractions],
      ['reference', reported.fractions],
    ]) {
      totals[rule][0] += fractions?.[0] ?? 0
      totals[rule][1] += fractions?.[5] ?? 0
    }
    lastTruth = truth
  }
  const ratio = ([honest, lazyTotal]) => (honest > 0 ? lazyTotal / honest : 0)
  return {
    contribution: { lazy: ratio(totals.contribution), settled: 1 - contested / LAZY_EPOCHS },
    reference: { lazy: ratio(totals.reference) },
  }
}

/** One honest reputer with a share of all stake, in some parts: its part of the reward over its stake, and over one part's. */
function runWhale({ share, parts }, seed) {
  const rewardOf = (splitInto) => {
    const random = makeRandom(seed + 99)
    const { truths, values } = worlds.W1(seed, WHALE_EPOCHS)
    const { own, others } = stakesOf({ share, parts: splitInto })
    const totals = { contribution: 0, reference: 0 }
    let paidEpochs = 0
    let coefficients = []
    for (const [t, truth] of truths.entries()) {
      const shared = truth + NOISE * normal(random)
      const reports = [
        ...own.map((stake) => ({ stake, value: shared })),
        ...others.map((stake) => ({ stake, value: truth + NOISE * normal(random) })),
      ]
      const predictions = values[t].slice(0, REPORTED)
      const noisy = predictions.map(() => NOISE * normal(random))
      const withLosses = reports.map((report, i) => ({
        ...report,
        losses: predictions.map(
          (value, w) => logLoss(value, report.value) * (1 + (i < own.length ? noisy[w] : NOISE * normal(random))),
        ),
      }))
      const paid = attestedPay(reports)
      if (paid !== null) {
        paidEpochs += 1
        totals.contribution += paid.fractions.slice(0, own.length).reduce((a, b) => a + b, 0)
      }
      const reported = reportedPay(withLosses, coefficients)
      coefficients = reported.coefficients
      totals.reference += reported.fractions.slice(0, own.length).reduce((a, b) => a + b, 0) / WHALE_EPOCHS
    }
    return { contribution: totals.contribution / paidEpochs, reference: totals.reference }
  }
  const whole = rewardOf(1)
  const split = parts === 1 ? whole : rewardOf(parts)
  return Object.fromEntries(
    ['contribution', 'reference'].map((rule) => [
      rule,
      { excess: split[rule] - share, g: split[rule] / whole[rule], less: 1 - split[rule] / whole[rule] },
    ]),
  )
}

/** What a cartel with a share of the stake says: the value that favours its own four poor workers, or a drift within tolerance. */
const cartelReports = {
  lie: (own) => meanOf(own),
  drift: (own, truth) => truth + 0.9 * policy.tolerance * Math.sign(meanOf(own) - truth),
}

function cartelRun({ share, say }, seed) {
  const random = makeRandom(seed + 55)
  const { truths, values } = worlds.W1(seed, EPOCHS)
  const { own: cartel, others } = stakesOf({ share, parts: 3 })
  const pay = makeContributionPay()
  const reference = makeReferencePay()
  const bias = say === 'lie' ? { own: CARTEL_WORKERS, share, dex: 3 } : undefined
  const totals = { contribution: 0, reference: 0 }
  let counted = 0
  let accepted = 0
  let contested = 0
  for (const [t, truth] of truths.entries()) {
    const acts = values[t].map((value, i) => ({ worker: honestName(i), value }))
    const ownValues = acts.filter(({ worker }) => CARTEL_WORKERS.includes(worker)).map(({ value }) => value)
    const said = say === undefined ? truth : cartelReports[say](ownValues, truth)
    const paid = attestedPay([
      ...cartel.map((stake) => ({ stake, value: say === undefined ? truth + NOISE * normal(random) : said })),
      ...others.map((stake) => ({ stake, value: truth + NOISE * normal(random) })),
    ])
    const referenceShares = reference.settle(acts, truth, reference.answer(acts), [], bias)()
    let shares = null
    if (paid === null) contested += 1
    else {
      if (Math.abs(paid.truth - truth) > policy.tolerance) accepted += 1
      const network = pay.answer(acts)
      shares = pay.settle(acts, paid.truth, network, [])
    }
    if (t < WARM_UP || t % STEP !== 0) continue
    counted += 1
    const paidShares = shares?.()
    for (const worker of CARTEL_WORKERS) {
      totals.contribution += paidShares?.get(worker) ?? 0
      totals.reference += referenceShares.get(worker) ?? 0
    }
  }
  return {
    shares: { contribution: totals.contribution / counted, reference: totals.reference / counted },
    accepted: accepted / EPOCHS,
    contested: contested / EPOCHS,
  }
}

const clean = { key: '', run: null }

function runCartel({ share, say }, seed) {
  const key = `${share} ${seed}`
  if (clean.key !== key) Object.assign(clean, { key, run: cartelRun({ share }, seed) })
  const { shares, accepted, contested } = cartelRun({ share, say }, seed)
  return {
    contribution: { own: shares.contribution - clean.run.shares.contribution, accepted, contested },
    reference: { own: shares.reference - clean.run.shares.reference },
  }
}

/** The most that the rival's loss can move beside that of another worker with the same value, when one of six lies. */
function smearByTruth(seed) {
  const random = makeRandom(seed)
  let largest = 0
  for (let t = 0; t < WHALE_EPOCHS; t += 1) {
    const truth = normal(random)
    const value = truth + normal(random)
    const paid = attestedPay(
      Array.from({ length: 6 }, (_, i) => ({
        stake: UNITS,
        value: i === 0 ? truth + 10 : truth + NOISE * normal(random),
      })),
    )
    const [rival, twin] = [value, value].map((prediction) => computeLoss(policy, [prediction], paid.truth))
    largest = Math.max(largest, Math.abs(rival - twin))
  }
  return largest
}

/** One reputer of six says of one rival that it lost three dex more than it did; with truth reports nobody can. */
function runSmear(_, seed) {
  const { truths, values } = worlds.W1(seed, EPOCHS)
  const rival = honestName(0)
  const shareOf = (bias) => {
    const reference = makeReferencePay()
    let total = 0
    for (const [t, truth] of truths.entries()) {
      const acts = values[t].map((value, i) => ({ worker: honestName(i), value }))
      total += reference.settle(acts, truth, reference.answer(acts), [], bias)().get(rival)
    }
    return total
  }
  return {
    contribution: { VL: smearByTruth(seed) },
    reference: { VL: 1 - shareOf({ own: [rival], share: 1 / 6, dex: -3 }) / shareOf(undefined) },
  }
}

const lazyOnes = [
  ['the mean of the others', 'meanOfOthers', 1],
  ['the mean of the others, 3 of 6', 'meanOfOthers', 3],
  ["last epoch's truth", 'lastReport', 1],
  ['the network value', 'networkValue', 1],
  ['one of the others + noise', 'oneOfOthers', 1],
]

/** Scenarios of reputers, adversaries §2.4 B. */
export const reputerScenarios = [
  ...lazyOnes.map(([title, say, count]) => ({
    id: 'G13',
    title,
    run: (seed) => runLazy({ policy: say, count }, seed),
    criteria: count === 1 ? { lazy: 0.9 } : {},
  })),
  {
    id: 'G13',
    title: '3 of 6 lazy at a wrong source',
    run: (seed) => runLazy({ policy: 'lastReport', count: 3, wrongSource: true }, seed),
    criteria: { settled: 0.05 },
  },
  ...[0.2, 0.4, 0.6].flatMap((share) =>
    [1, 6].map((parts) => ({
      id: 'G14',
      title: `${100 * share} % of the stake in ${parts} part${parts > 1 ? 's' : ''}`,
      run: (seed) => runWhale({ share, parts }, seed),
      criteria: share < 0.5 ? { excess: 0.01, g: 1.02, less: 0.02 } : {},
      ...(share < 0.5 ? {} : { note: 'whoever holds more than half of the stake is the truth (VT-3)' }),
    })),
  ),
  ...[1 / 6, 0.3, 0.4, 0.49].flatMap((share) =>
    ['lie', 'drift'].map((say) => ({
      id: 'G15',
      title: `cartel of ${Math.round(100 * share)} %, ${say === 'lie' ? 'best lie for its workers' : 'drift within tolerance'}`,
      run: (seed) => runCartel({ share, say }, seed),
      criteria: { own: 0.01, accepted: 0 },
    })),
  ),
  {
    id: 'G15',
    title: 'cartel of 55 %, best lie for its workers',
    run: (seed) => runCartel({ share: 0.55, say: 'lie' }, seed),
    criteria: {},
    note: 'more than half of the stake decides what is true; only an audit (PW-4) can say otherwise',
  },
  { id: 'G17', title: 'a rival smeared by one of six', run: (seed) => runSmear({}, seed), criteria: { VL: 0 } },
]
