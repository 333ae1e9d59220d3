import { makeRandom, normal } from './random.mjs'
import { makeSettledPay } from './settledPay.mjs'
import { WARM_UP } from './simulate.mjs'

const INFERERS = 8
const infererName = (i) => `i${i}`
const names = Array.from({ length: INFERERS }, (_, i) => infererName(i))
/** Shares below this are none: a ratio to them says nothing. */
const NOTHING = 0.002
/** The attacker's own inferer is the last, and poor. */
const OWN = INFERERS - 1
const RIVAL = 0
/** The honest forecaster that some attackers are. */
const OWNED = 'f1'
/** Mean distance of two honest forecasts of one loss, in powers of ten. */
const USUAL = 0.35

/**
 * Eight inferers, each good in some epochs and poor in others, by a context that forecasters know with some error, small
 * in easy epochs. Two honest forecasters tell the log10 losses that they expect.
 */
function makeWorld(seed, epochs) {
  const random = makeRandom(seed)
  return Array.from({ length: epochs }, () => {
    const truth = normal(random)
    const errors = names.map((_, i) => (i === OWN ? 2 : random() < 0.5 ? 0.3 : 1.5))
    const values = errors.map((error) => truth + error * normal(random))
    const easy = random() < 0.5
    const expect = () => errors.map((error) => Math.log10(error * error) + (easy ? 0.15 : 0.45) * normal(random))
    return { truth, values, easy, honest: [expect(), expect()] }
  })
}

const elementsOf = (losses) => losses.map((value, i) => ({ inferer: infererName(i), value }))
/** The same list under k further names of the attacker. */
const repeat = (k, losses) => Array.from({ length: k }, (_, i) => ({ forecaster: `x${i}`, losses }))
const distance = ([one, other]) => one.reduce((sum, loss, i) => sum + Math.abs(loss - other[i]), 0) / one.length

/**
 * Attacks get the epoch, the one before and its number, and return `says`, the loss lists of their names. `f…` are honest,
 * `x…` the attacker's. Those that own an honest forecaster tell by `owned` what it says in place of its list: nothing, or
 * under which name, or that it committed and stays silent.
 */
const attacks = {
  nobody: () => ({ says: [] }),
  ring: ({ honest }) => ({
    says: repeat(
      3,
      honest[0].map((loss, i) => (i === OWN ? -6 : loss + 2)),
    ),
  }),
  copies: ({ honest }) => ({ says: repeat(4, honest[0]) }),
  staleCopies: (_, last) => ({ says: last === null ? [] : repeat(4, last.honest[0]) }),
  smear: ({ honest }) => ({
    says: repeat(
      1,
      honest[0].map((loss, i) => (i === RIVAL ? 150 : loss)),
    ),
  }),
  backdoor: () => ({
    says: repeat(
      1,
      names.map((_, i) => (i === OWN ? -150 : 150)),
    ),
  }),
  constant: () => ({
    says: repeat(
      3,
      names.map(() => 0),
    ),
  }),
  selective: ({ easy }) => ({ says: [], owned: easy ? OWNED : null }),
  withhold: ({ honest }) => ({ says: [], owned: distance(honest) < USUAL ? OWNED : null, missed: true }),
  reset: (_epoch, _last, t) => ({ says: [], owned: `x${Math.floor(t / 60)}` }),
}

function isInHull(implied, values) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return implied.every(({ values: [value] }) => value >= low - 1e-9 && value <= high + 1e-9)
}

/** What is revealed and what is not, with an attack. */
function forecastsOf(epoch, attack, last, t) {
  const { honest } = epoch
  const { says, owned = OWNED, missed = false } = attack(epoch, last, t)
  const lists = [
    { forecaster: 'f0', losses: honest[0] },
    ...(owned === null ? [] : [{ forecaster: owned, losses: honest[1] }]),
    ...says,
  ]
  return {
    forecasts: lists.map(({ forecaster, losses }) => ({ forecaster, elements: elementsOf(losses) })),
    missed: { inferers: [], forecasters: owned === null && missed ? [OWNED] : [] },
  }
}

/** One run on `settleEpoch` under one rule: shares over the epochs after the warm-up. */
function simulate({ seed, epochs }, attack, rule) {
  const pay = makeSettledPay(rule)
  const shares = new Map()
  const add = ({ worker, value }) => shares.set(worker, (shares.get(worker) ?? 0) + value / (epochs - WARM_UP))
  let outside = 0
  let last = null
  for (const [t, epoch] of makeWorld(seed, epochs).entries()) {
    const { truth, values } = epoch
    const inferences = values.map((value, i) => ({ worker: infererName(i), values: [value] }))
    const { network, fractions } = pay.settle({ inferences, truth, ...forecastsOf(epoch, attack, last, t) })
    last = epoch
    if (!isInHull(network.forecasters, values)) outside += 1
    if (t < WARM_UP) continue
    for (const fraction of [...fractions.forecasters, ...fractions.inferers]) add(fraction)
  }
  return { shares, outside }
}

const sumOf = (shares, isTheirs) => [...shares].reduce((sum, [name, share]) => sum + (isTheirs(name) ? share : 0), 0)
const isAttackers = (name) => name.startsWith('x')

const kept = { key: '', runs: {} }

function cleanRun(run, rule) {
  const key = `${run.seed} ${run.epochs}`
  if (kept.key !== key) Object.assign(kept, { key, runs: {} })
  kept.runs[rule] ??= simulate(run, attacks.nobody, rule)
  return kept.runs[rule]
}

/** Names that are the attacker's, or that it multiplies: their share after over their share before. */
const gainers = {
  copies: (name) => isAttackers(name) || name === 'f0',
  selective: (name) => name === OWNED,
  withhold: (name) => name === OWNED,
  reset: (name) => isAttackers(name) || name === OWNED,
}

function measure(attack, run, rule) {
  const { shares: before } = cleanRun(run, rule)
  const { shares: after, outside } = simulate(run, attacks[attack], rule)
  const isGainer = gainers[attack]
  const was = isGainer === undefined ? 0 : sumOf(before, isGainer)
  return {
    AS: sumOf(after, isGainer ?? isAttackers),
    ...(was > NOTHING ? { g: sumOf(after, isGainer) / was } : {}),
    own: (after.get(infererName(OWN)) ?? 0) - (before.get(infererName(OWN)) ?? 0),
    outside,
  }
}

/** Runs one scenario for a seed: metrics by pay rule. */
export function runForecasterScenario({ attack }, run) {
  return Object.fromEntries(['contribution', 'reference'].map((rule) => [rule, measure(attack, run, rule)]))
}

const scenario = (title, attack, criteria, id = 'G20') => ({
  id,
  title,
  attack,
  criteria: { own: 0.01, outside: 0, ...criteria },
})

/** Scenarios of forecasters, adversaries §2.4 C; `own` is what the ring's own inferer gains, `outside` the epochs with an implied value outside the hull of the inferences. */
export const forecasterScenarios = [
  scenario('a ring of 3 praises its own inferer', 'ring', {}),
  scenario("an honest forecaster's forecasts under 5 names", 'copies', { g: 1.1 }),
  scenario("4 copies of last epoch's forecasts", 'staleCopies', { AS: 0.005 }),
  scenario('an extreme loss for a rival', 'smear', {}),
  scenario("implied value = own inferer's value", 'backdoor', { AS: 0.005 }),
  scenario('3 names that know nothing', 'constant', { AS: 0.005 }),
  scenario('a forecaster reveals only beside the other', 'withhold', { g: 1 }, 'G04'),
  scenario('a forecaster, a new name every 60 epochs', 'reset', { g: 1 }, 'G12'),
  scenario('a forecaster, easy epochs only', 'selective', { g: 1 }, 'G36'),
]
