import { makeContributionPay } from './contributionPay.mjs'
import { makeRandom, normal } from './random.mjs'
import { makeReferencePay } from './referencePay.mjs'
import { HONEST, worlds } from './worlds.mjs'

export const EPOCHS = 500
export const WARM_UP = 150
/** Shares move slowly: one epoch of five is looked at unless the attack has a rhythm of its own. */
const STEP = 5

export const honestName = (i) => `h${String(i).padStart(3, '0')}`
const attackerName = (i) => `a${String(i).padStart(3, '0')}`

const rules = { contribution: makeContributionPay, reference: makeReferencePay }

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
        .filter(({ worker }) => worker.startsWith('h'))
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
 * Returns the mean share of each name over the epochs after the warm-up, the log10
 * losses of the network over all epochs, and the fraction of the epochs looked at that paid somebody.
 */
export function simulate({
  rule,
  world,
  seed,
  attack = null,
  sealed = rule === 'contribution',
  step = STEP,
  tower = false,
}) {
  const { truths, values, easy } = worlds[world](seed, EPOCHS)
  const pay = rules[rule]({ tower })
  const random = makeRandom(seed + 1_000_000)
  const record = makeRecord()
  const totals = new Map()
  const state = { past: null, network: null, best: null }
  let counted = 0
  let paid = 0
  const logLosses = []
  for (const [t, truth] of truths.entries()) {
    const all = values[t].map((value, i) => ({ worker: honestName(i), value }))
    const honest = all.filter((_, i) => i !== attack?.owns)
    const signal = attack?.owns === undefined ? null : values[t][attack.owns]
    const mempool = sealed ? null : honest
    const window = sealed ? Math.SQRT1_2 * normal(random) : truth / 2 + normal(random) / 2
    const view = { t, easy: easy[t], signal, ...state, mempool, window, random }
    if (attack?.omniscient) view.truth = truth
    const { acts, missed } = actOf(attack, view, honest)
    const network = pay.answer(acts)
    const sharesOf = pay.settle(acts, truth, network, missed)
    record.enter(acts, truth)
    Object.assign(state, { past: { truth, acts }, network, best: record.best(honest).worker })
    logLosses.push(Math.log10((network - truth) ** 2 + 1e-4))
    if (t < WARM_UP) continue
    if ((t - WARM_UP) % step !== 0) continue
    counted += 1
    const shares = sharesOf()
    let sum = 0
    for (const [name, share] of shares) {
      totals.set(name, (totals.get(name) ?? 0) + share)
      sum += share
    }
    if (sum > 0) paid += 1
  }
  const shares = new Map([...totals].map(([name, total]) => [name, total / counted]))
  return { shares, logLosses, paid: paid / counted }
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
