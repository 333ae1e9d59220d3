import { normal } from '../random.mjs'

/** Values of the best honest worker in the last epoch, or 0. */
const lastBest = ({ past }) => past?.best ?? 0
const everyone = (say) => (view) => ({ commits: view.names.map((name, i) => [name, say(view, i)]) })
const middleOf = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
/** How far from what the others revealed a value may be and still look good. */
const LOOKS_GOOD = 0.3

/** Policies of names that know nothing, or nothing new. */
const squatters = [
  [
    'constant 0',
    () => 0,
    'in W1 a constant 0 is the mean of all truths: it is better than six of the ten honest workers, and its trace of skill is all the skill there is until the better ones have shown theirs',
  ],
  ['the last truth', ({ past }) => past?.truth ?? 0],
  ["the best worker's last value", lastBest],
  [
    'noise',
    ({ random }) => normal(random),
    'before the better workers have shown their skill one name of sixteen may be lucky, and is paid alone for some epochs',
  ],
]

/** Names that want the places of an epoch, all of which commit in the first block of the window. */
const SQUATTERS = 16
/** The three best workers come when the squatters have long been there. */
const ARRIVAL = 40

/** Epochs after which a squatter throws its name away for a new one, and those of a fight for places. */
const RENEWAL = 10
const newcomers = { count: 3, at: ARRIVAL }
export const SLOT_EPOCHS = 70

/**
 * Twice as many squatters as there are places, seven honest workers, and three better ones that come later. Criteria of
 * adversaries G06: a newcomer of the top quarter has a place within ten epochs, and squatters earn nothing. With new names
 * (G12) they hold no more than a newcomers' quarter of the places.
 */
export const slotScenarios = [
  ...squatters.map(([text, say, note]) => ({
    id: 'G06',
    title: `${SQUATTERS} squatters for 8 places: ${text}`,
    names: SQUATTERS,
    newcomers,
    act: everyone(say),
    criteria: { AS: 0.005, wait: 10 },
    ...(note === undefined ? {} : { note }),
  })),
  {
    id: 'G12',
    title: `${SQUATTERS} squatters for 8 places: noise, a new name every ${RENEWAL} epochs`,
    names: (SQUATTERS * SLOT_EPOCHS) / RENEWAL,
    newcomers,
    act: ({ names, t, random }) => {
      const first = SQUATTERS * Math.floor(t / RENEWAL)
      return { commits: names.slice(first, first + SQUATTERS).map((name) => [name, normal(random)]) }
    },
    criteria: { AS: 0.005, seats: 2 },
  },
  {
    id: 'G04',
    title: `${SQUATTERS} squatters for 8 places: nothing is revealed`,
    names: SQUATTERS,
    newcomers,
    act: ({ names }) => ({ commits: names.map((name) => [name, 0]), late: { actors: names, reveals: () => false } }),
    criteria: { AS: 0, wait: 10, seats: 1 },
  },
]

/** Parameters of the chain of these. */
export const slotParams = { maxTopInferersToReward: '8' }

/**
 * Attacks on the state machine: topics of one chain. `names` is how many names the attacker has; `owns` which honest
 * worker it is, who then speaks through `act` only. `act` gets what the attacker can see: its `names`, the `signal` of the
 * worker it owns, `t`, `easy`, what is settled (`past`), and returns what it commits as `arena.mjs` has it. `lies` are the
 * reports of reputers that lie. Criteria are those of adversaries §2.4 and the bars of SPEC VT-6.
 */
export const chainScenarios = [
  {
    id: 'G06',
    title: 'noise, 12 names',
    names: 12,
    act: everyone(({ random }) => normal(random)),
    criteria: { AS: 0.005 },
  },
  {
    id: 'G02',
    title: "best worker's last value, 12 names",
    names: 12,
    act: everyone(lastBest),
    criteria: { AS: 0.005 },
  },
  {
    id: 'G05',
    title: 'best worker as 12 names, jitter 0.16',
    names: 12,
    owns: 0,
    act: everyone(({ signal, random }, i) => signal + (i === 0 ? 0 : 0.16 * normal(random))),
    criteria: { g: 1.1 },
  },
  {
    id: 'G06',
    title: 'as many names as honest ones, all 3 off',
    names: 10,
    act: everyone(({ truth, random }) => truth + 3 + 0.1 * normal(random)),
    criteria: { AS: 0.005 },
  },
  {
    id: 'G04',
    title: 'reveals only what looks good',
    names: 1,
    owns: 2,
    act: ({ names, signal }) => ({
      commits: [[names[0], signal]],
      late: { actors: names, reveals: (value, others) => Math.abs(Number(value) - middleOf(others)) < LOOKS_GOOD },
    }),
    criteria: { g: 1 },
  },
  {
    id: 'G36',
    title: 'easy epochs only',
    names: 1,
    owns: 2,
    isHard: true,
    act: ({ names, signal, easy }) => ({ commits: easy ? [[names[0], signal]] : [] }),
    criteria: { g: 1 },
  },
  {
    id: 'G03',
    title: "best worker's commitment under another name",
    names: 1,
    act: ({ names, honest }) => ({ commits: [], stolen: [[names[0], honest[0]]] }),
    criteria: { AS: 0, VL: 0 },
  },
  {
    id: 'G09',
    title: 'perfect, then 3 off',
    names: 1,
    act: everyone(({ truth, t, strike }) => truth + (t < strike ? 0 : 3)),
    criteria: { dL: 0.05, jump: 1, kept: 0.5 },
    note: 'a matter of the synthesis (VT-10), as above',
    strikes: true,
  },
  {
    id: 'G10',
    title: 'the highest value, 6 names',
    names: 6,
    act: everyone(() => 1000),
    criteria: { AS: 0, moved: 0.01 },
  },
  {
    id: 'G15',
    title: 'reputers of 40 % lie for 4 poor workers',
    names: 4,
    act: everyone(({ truth, random }) => truth + 1 + 0.3 * normal(random)),
    lies: (truth) => truth + 1,
    criteria: { AS: 0.01, accepted: 0 },
  },
]
