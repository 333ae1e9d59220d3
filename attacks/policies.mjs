import { normal } from './random.mjs'
import { identities } from './simulate.mjs'

const lastTruth = ({ past }) => past?.truth ?? 0
const medianOf = (acts) => acts.map(({ value }) => value).sort((a, b) => a - b)[Math.floor(acts.length / 2)]
const saidBy = (acts, name) => acts?.find(({ worker }) => worker === name)?.value ?? 0
/** Drift of the truth as the attacker sees it: the last network value and the step since. */
const drifted = ({ network, past }) => (network === null ? 0 : 2 * (past?.truth ?? 0) - network)

const staleBest = (view) => saidBy(view.past?.acts, view.best)
/** The best worker's value where the mempool shows it, else its last one. */
const bestSeen = (view) => (view.mempool === null ? staleBest(view) : saidBy(view.mempool, view.best))

/** k names that all say the same, ± what `jitter` adds. */
const all = (k, say, jitter = 0) => ({
  commit: (view) => identities(k, () => say(view) + (jitter === 0 ? 0 : jitter * normal(view.random))),
})

/** Policies of attackers: functions of what they can see. */
export const policies = {
  absent: () => ({ commit: () => [] }),
  mempoolCopy: (k) => all(k, bestSeen, 1e-6),
  staleCopy: (k) => all(k, staleBest),
  networkCopy: (k) => all(k, ({ network }) => network ?? 0),
  networkDrift: (k) => all(k, drifted),
  constant: (k, value = 0) => all(k, () => value),
  noise: (k) => all(k, ({ random, past }) => normal(random) + (Math.abs(past?.truth ?? 0) > 5 ? past.truth : 0)),
  lastTruth: (k) => all(k, lastTruth),

  /** A skilled worker as k names, the first of which tells what it knows; the others add noise. */
  split: (owns, k, jitter) => ({
    owns,
    commit: ({ signal, random }) => identities(k, (i) => signal + (i === 0 ? 0 : jitter * normal(random))),
  }),

  /** The same signal with noise that cancels between neighbours: sign flips instead of independent jitter. */
  flips: (owns, k, size) => ({
    owns,
    commit: ({ signal, random }) => {
      const shift = size * normal(random)
      return identities(k, (i) => signal + (i % 2 === 0 ? shift : -shift))
    },
  }),

  /** m commits around what it knows; only the one nearest to what the others revealed is revealed. */
  withhold: (owns, m) => ({
    owns,
    commit: ({ signal, random }) => identities(m, (i) => signal + (i === 0 ? 0 : 0.5 * normal(random))),
    reveal: (_, commits, others) => {
      const middle = medianOf(others)
      const [first] = commits.toSorted((a, b) => Math.abs(a.value - middle) - Math.abs(b.value - middle))
      return [first.name]
    },
  }),

  /** Two names at the middle ± d: the middle of the others where it can be seen, else the last network value. */
  hedge: (d) => ({
    commit: (view) => {
      const middle = view.mempool === null ? (view.network ?? 0) : medianOf(view.mempool)
      return identities(2, (i) => middle + (i === 0 ? d : -d))
    },
  }),

  /** An absurd value every so many epochs, the last truth in between. */
  extreme: (k, value, every) => ({
    commit: ({ t, past }) => identities(k, () => (t % every === 0 ? value : (past?.truth ?? 0))),
  }),

  /** Tells the truth, which no real attacker knows, for so many epochs, and then something else. */
  sleeper: (strike, asleep) => ({
    omniscient: true,
    commit: ({ t, truth }) => identities(1, () => (t < asleep ? truth : strike(truth))),
  }),

  /** Knows every truth beforehand: what the harness has to let win. */
  omniscient: () => ({ omniscient: true, commit: ({ truth }) => identities(1, () => truth) }),

  /** Commits in the last block of the window, with what happened since the first. */
  lastBlock: () => ({ commit: ({ window }) => identities(1, () => window) }),

  /** One skilled worker that takes a new name every so many epochs. */
  reset: (owns, every) => ({
    owns,
    commit: ({ t, signal }) => [{ name: `a${String(Math.floor(t / every)).padStart(3, '0')}`, value: signal }],
  }),

  /** The same without skill. */
  resetJunk: (k, every) => ({
    commit: ({ t, random }) =>
      identities(k, () => 0.05 * normal(random)).map(({ name, value }) => ({
        name: `${name}-${String(Math.floor(t / every)).padStart(3, '0')}`,
        value,
      })),
  }),

  /** Answers in easy epochs only. */
  selective: (owns) => ({
    owns,
    commit: ({ signal, easy }) => (easy ? identities(1, () => signal) : []),
  }),
}
