import { makeRandom, normal } from './random.mjs'
import { makeReferencePay } from './referencePay.mjs'
import { makeSettledPay } from './settledPay.mjs'
import { HONEST, worlds } from './worlds.mjs'

/** The memory K of pay, and the twenty differences without which nobody is paid. */
export const WARM_UP = 120
/** Of what is settled twice, to see what somebody's absence would change, one epoch of so many is. */
const REMOVAL_STEP = 20

export const honestName = (i) => `h${String(i).padStart(3, '0')}`
const attackerName = (i) => `a${String(i).padStart(3, '0')}`
const isHonest = (name) => name.startsWith('h')

/** Ours: epochs of a verified topic, settled by `settleEpoch`. */
function makeOurs() {
  const pay = makeSettledPay('contribution')
  const epochOf = (acts, truth, missed) => ({
    inferences: acts.map(({ worker, value }) => ({ worker, values: [value] })),
    missed: { inferers: missed, forecasters: [] },
    truth,
  })
  const sharesOf = ({ fractions }) => new Map(fractions.inferers.map(({ worker, value }) => [worker, value]))
  return {
    settle(acts, truth, missed) {
      const outcome = pay.settle(epochOf(acts, truth, missed))
      const [, , widest] = outcome.answer.intervals.intervals
      return {
        network: outcome.network.combined[0],
        shares: sharesOf(outcome),
        halfWidth: (widest.upper - widest.lower) / 2,
      }
    },
    /** Largest change of an honest share, had those without a share not been there. */
    removal(acts, truth, missed) {
      const before = sharesOf(pay.outcomeOf(epochOf(acts, truth, missed)))
      const rest = acts.filter(({ worker }) => isHonest(worker) || before.get(worker) > 0)
      const after = sharesOf(pay.outcomeOf(epochOf(rest, truth, missed)))
      return Math.max(...rest.map(({ worker }) => Math.abs(after.get(worker) - before.get(worker))))
    },
  }
}

function makeReference() {
  const pay = makeReferencePay()
  return {
    settle(acts, truth) {
      const network = pay.answer(acts)
      return { network, shares: pay.settle(acts, truth, network, [])() }
    },
  }
}

const rules = { contribution: makeOurs, reference: makeReference }

/** Average loss of everybody, forgetting a fiftieth with each epoch: who looks best to somebody who sees what is settled. */
function makeRecord() {
  const losses = new Map()
  return {
    enter(acts, truth) {
      for (const { worker, value } of acts) {
        const loss = (value - truth) ** 2
        losses.set(worker, losses.has(worker) ? losses.get(worker) * 0.98 + loss * 0.02 : loss)
      }
    },
    best: (acts) =>
      acts
        .filter(({ worker }) => isHonest(worker))
        .reduce((a, b) => ((losses.get(b.worker) ?? Infinity) < (losses.get(a.worker) ?? Infinity) ? b : a)),
  }
}

/**
 * One run of a world under a pay rule. An attack is `{ owns?, commit(view) → [{ name, value }], reveal?(view, commits,
 * others) → names }`: it may own an honest worker, whose value is then `view.signal` and who no longer answers itself.
 * `view` holds only what the attacker can see: `t`, `easy`, its own `signal`, what is settled (`past`, `network`), and
 * `mempool`, the others' values of this epoch, which is null while they are sealed. `window` is what happened between the
 * first and the last block of the worker window: half of the truth where topics may overlap their window, and nothing that
 * bears on the truth where its observation begins after the window (SPEC VT-2). Only an `omniscient` attack sees `truth`.
 *
 * Returns the mean share of each name over the epochs after the warm-up, the network's log10 losses over all epochs, the
 * fraction of the epochs after the warm-up that paid somebody, `strikes`, by epoch the size of the network's error and
 * (under our rule) half the width of its widest interval, and with `removes` the largest change of an honest share in an
 * epoch, had the attacker's names without a share not been there.
 */
export function simulate({
  rule,
  world,
  seed,
  epochs,
  attack = null,
  sealed = rule === 'contribution',
  removes = false,
}) {
  const { truths, values, easy } = worlds[world](seed, epochs)
  const pay = rules[rule]()
  const random = makeRandom(seed + 1_000_000)
  const record = makeRecord()
  const totals = new Map()
  const state = { past: null, network: null, best: null }
  const logLosses = []
  const strikes = []
  let paid = 0
  let removal = 0
  for (const [t, truth] of truths.entries()) {
    const all = values[t].map((value, i) => ({ worker: honestName(i), value }))
    const honest = all.filter((_, i) => i !== attack?.owns)
    const signal = attack?.owns === undefined ? null : values[t][attack.owns]
    const mempool = sealed ? null : honest
    const window = sealed ? Math.SQRT1_2 * normal(random) : truth / 2 + normal(random) / 2
    const view = { t, easy: easy[t], signal, ...state, mempool, window, random }
    if (attack?.omniscient) view.truth = truth
    const { acts, missed } = actOf(attack, view, honest)
    if (removes && t >= WARM_UP && t % REMOVAL_STEP === 0)
      removal = Math.max(removal, pay.removal?.(acts, truth, missed) ?? 0)
    const { network, shares, halfWidth } = pay.settle(acts, truth, missed)
    record.enter(acts, truth)
    Object.assign(state, { past: { truth, acts }, network, best: record.best(honest).worker })
    logLosses.push(Math.log10((network - truth) ** 2 + 1e-4))
    strikes.push({ error: Math.abs(network - truth), halfWidth })
    if (t < WARM_UP) continue
    for (const [name, share] of shares) totals.set(name, (totals.get(name) ?? 0) + share)
    if ([...shares.values()].some((share) => share > 0)) paid += 1
  }
  const counted = epochs - WARM_UP
  const shares = new Map([...totals].map(([name, total]) => [name, total / counted]))
  return { shares, logLosses, paid: paid / counted, strikes, removal }
}

/** What everybody reveals, in address order, and who committed and stays silent. */
function actOf(attack, view, honest) {
  if (attack === null) return { acts: honest, missed: [] }
  const commits = attack.commit(view)
  const revealed = new Set(attack.reveal?.(view, commits, honest) ?? commits.map(({ name }) => name))
  const own = commits.map(({ name, value }) => ({ worker: name, value }))
  const acts = [...own.filter(({ worker }) => revealed.has(worker)), ...honest]
  acts.sort((a, b) => (a.worker < b.worker ? -1 : 1))
  const missed = own.map(({ worker }) => worker).filter((worker) => !revealed.has(worker))
  return { acts, missed: missed.sort((a, b) => (a < b ? -1 : 1)) }
}

/** Share of all names of the attacker. */
export const attackerShare = ({ shares }) =>
  [...shares].reduce((total, [name, share]) => total + (name.startsWith('a') ? share : 0), 0)

/** k names of the attacker, each with the value that `say` gives its number. */
export const identities = (k, say) => Array.from({ length: k }, (_, i) => ({ name: attackerName(i), value: say(i) }))

export { HONEST }
