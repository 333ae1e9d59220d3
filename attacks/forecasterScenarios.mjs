import { advanceContribution } from '@starling/protocol/scoring/contribution/advanceContribution'
import { baselineValues } from '@starling/protocol/scoring/contribution/baselineValues'
import { contributionEpochOf } from '@starling/protocol/scoring/contribution/contributionEpochOf'
import { forecasterShares } from '@starling/protocol/scoring/contribution/forecasterShares'
import { newContribution } from '@starling/protocol/scoring/contribution/newContribution'
import { workerShares } from '@starling/protocol/scoring/contribution/workerShares'
import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { numberPolicy } from '@starling/protocol/scoring/testing/numberPolicy'
import { makeRandom, normal } from './random.mjs'

const EPOCHS = 300
const WARM_UP = 120
const INFERERS = 8
const policy = { ...numberPolicy, domain: [-1e9, 1e9] }
const topic = { id: 1, policy, params: defaultScoringParams }
const infererName = (i) => `i${i}`
const names = Array.from({ length: INFERERS }, (_, i) => infererName(i))
/** Shares below this are none: a ratio to them says nothing. */
const NOTHING = 0.002
/** The attacker's own inferer is the last, and poor. */
const OWN = INFERERS - 1
const RIVAL = 0

/**
 * Eight inferers, each good in some epochs and poor in others, by a context that forecasters know with some error. Two
 * honest forecasters tell the log10 losses that they expect.
 */
function makeWorld(seed) {
  const random = makeRandom(seed)
  return Array.from({ length: EPOCHS }, () => {
    const truth = normal(random)
    const errors = names.map((_, i) => (i === OWN ? 2 : random() < 0.5 ? 0.3 : 1.5))
    const values = errors.map((error) => truth + error * normal(random))
    const expect = () => errors.map((error) => Math.log10(error * error) + 0.3 * normal(random))
    return { truth, values, honest: [expect(), expect()] }
  })
}

const elementsOf = (losses) => losses.map((value, i) => ({ inferer: infererName(i), value }))

/** `f…` are honest, `x…` the attacker's; attacks get the epoch and return the loss lists of their names. */
const attacks = {
  nobody: () => [],
  ring: ({ honest }) => Array.from({ length: 3 }, () => honest[0].map((loss, i) => (i === OWN ? -6 : loss + 2))),
  copies: ({ honest }) => Array.from({ length: 4 }, () => honest[0]),
  staleCopies: (_, last) => (last === null ? [] : Array.from({ length: 4 }, () => last.honest[0])),
  smear: ({ honest }) => [honest[0].map((loss, i) => (i === RIVAL ? 150 : loss))],
  backdoor: () => [names.map((_, i) => (i === OWN ? -150 : 150))],
  constant: () => Array.from({ length: 3 }, () => names.map(() => 0)),
}

function isInHull(implied, values) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return implied.every(({ values: [value] }) => value >= low - 1e-9 && value <= high + 1e-9)
}

/** One run on `settleEpoch`: shares by both pay rules over the epochs after the warm-up. */
function simulate(seed, attack) {
  let state = emptyScoringState()
  let contribution = newContribution()
  let lastNetwork = null
  const totals = { contribution: new Map(), reference: new Map() }
  const add = (rule, name, share) => totals[rule].set(name, (totals[rule].get(name) ?? 0) + share / (EPOCHS - WARM_UP))
  let outside = 0
  let last = null
  for (const [t, epoch] of makeWorld(seed).entries()) {
    const { truth, values, honest } = epoch
    const own = attack(epoch, last).map((losses, i) => ({ forecaster: `x${i}`, elements: elementsOf(losses) }))
    const others = honest.map((losses, i) => ({ forecaster: `f${i}`, elements: elementsOf(losses) }))
    last = epoch
    const baselines = baselineValues(contribution.baseline, policy, lastNetwork)
    const outcome = settleEpoch({
      topic,
      nonce: t + 1,
      prior: state,
      priorUpdate: state,
      inferences: values.map((value, i) => ({ worker: infererName(i), values: [value] })),
      forecasts: [...others, ...own],
      reputers: [{ address: 'r0', stake: 1n, value: truth }],
      reward: 0n,
    })
    const { network, losses } = outcome
    state = outcome.state
    lastNetwork = network.combined
    if (!isInHull(network.forecasters, values)) outside += 1
    const input = { policy, network, losses: losses.raw, truth, baselines, missedWorkers: [], missedForecasters: [] }
    contribution = advanceContribution(contribution, contributionEpochOf(input), { memory: 100, labels: 0 })
    if (t < WARM_UP) continue
    const present = network.forecasters.map(({ worker }) => worker)
    for (const { worker, share } of forecasterShares(contribution, present)) add('contribution', worker, share)
    for (const { worker, share } of workerShares(contribution, names)) add('contribution', worker, share)
    for (const { worker, value } of outcome.fractions.forecasters) add('reference', worker, value)
    for (const { worker, value } of outcome.fractions.inferers) add('reference', worker, value)
  }
  return { totals, outside }
}

const shareOf = (totals, prefix) =>
  [...totals].reduce((sum, [name, share]) => sum + (name.startsWith(prefix) ? share : 0), 0)

const kept = { seed: -1, run: null }

function cleanRun(seed) {
  if (kept.seed !== seed) Object.assign(kept, { seed, run: simulate(seed, attacks.nobody) })
  return kept.run
}

/** Runs one scenario for a seed: metrics by pay rule, from one run of both. */
export function runForecasterScenario({ attack }, seed) {
  const clean = cleanRun(seed)
  const attacked = simulate(seed, attacks[attack])
  return Object.fromEntries(
    ['contribution', 'reference'].map((rule) => {
      const after = attacked.totals[rule]
      const before = clean.totals[rule]
      const honest = before.get('f0')
      return [
        rule,
        {
          AS: shareOf(after, 'x'),
          ...(attack === 'copies' && honest > NOTHING
            ? { g: (shareOf(after, 'x') + (after.get('f0') ?? 0)) / honest }
            : {}),
          own: (after.get(infererName(OWN)) ?? 0) - (before.get(infererName(OWN)) ?? 0),
          outside: attacked.outside,
        },
      ]
    }),
  )
}

const scenario = (title, attack, criteria) => ({
  id: 'G20',
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
]
