import { policies } from './policies.mjs'
import { attackerShare, honestName, simulate } from './simulate.mjs'
import { meanOf } from './statistics.mjs'

/** What has to be run: always, in runs of five seeds or more, or of the whole grid. */
const SHORT = 0
const FULL = 1
const GRID = 2

const JUNK = 0.005
const SPLIT = 1.1
/** Shares below this are none: a ratio to them says nothing. */
const NOTHING = 0.002
/** Epochs before a sleeper strikes, epochs in which its blow counts, and those in which its influence has to halve. */
const ASLEEP = 250
const BLOW = 10
const HALVING = 3

const MEAN =
  'in W1 a constant 0 is the mean of all truths and has a trace of skill; its weight in the combination moves the others'
const RIDGE = 'until the memory of 200 residuals is full the ridge of 2 % favours so many names (ADR-025)'
const SLEEPER =
  'a network that leans on whoever alone was right follows him for an epoch, within its guard (VT-10); pay follows within K epochs'

const from = (epochs, first, last = epochs.length) => meanOf(epochs.slice(first, last))

/** What an attack did beside the same seed without it (or, of a skilled worker, with it as one honest name). */
function compare({ owns, strikes, removes }, attacked, clean) {
  const share = attackerShare(attacked)
  const before = owns === undefined ? 0 : attackerShare(clean)
  const victim = honestName(owns === 0 ? 1 : 0)
  const victimBefore = clean.shares.get(victim) ?? 0
  const moved = [...clean.shares]
    .filter(([name]) => name.startsWith('h'))
    .map(([name, was]) => Math.abs((attacked.shares.get(name) ?? 0) - was))
  const [first, last] = strikes ? [ASLEEP, ASLEEP + BLOW] : [150, undefined]
  return {
    AS: share,
    ...(before > NOTHING ? { g: share / before } : {}),
    VL: victimBefore > NOTHING ? 1 - (attacked.shares.get(victim) ?? 0) / victimBefore : 0,
    dL: from(attacked.logLosses, first, last) - from(clean.logLosses, first, last),
    moved: Math.max(0, ...moved),
    ...(strikes ? blowOf(attacked) : {}),
    ...(removes ? { removal: attacked.removal } : {}),
  }
}

/** How far off the strike puts the network, which knew the truth, and what part of that is left three epochs later. */
function blowOf({ strikes }) {
  const { error } = strikes[ASLEEP]
  const { halfWidth } = strikes[ASLEEP - 1]
  return {
    ...(halfWidth === undefined ? {} : { jump: error / halfWidth }),
    kept: strikes[ASLEEP + HALVING].error / error,
  }
}

const scenario = (id, title, world, attack, criteria, options = {}) => ({
  id,
  title,
  world,
  attack,
  criteria,
  options,
  ...(options.note === undefined ? {} : { note: options.note }),
  tier: options.tier ?? SHORT,
})

const junk = { AS: JUNK }
const split = (owns, error, k, jitter, tier) =>
  scenario(
    'G05',
    `worker of error ${error} as ${k} names, jitter ${jitter}`,
    'W1',
    policies.split(owns, k, jitter),
    owns < 5 ? { g: SPLIT } : junk,
    { tier, ...(k === 32 ? { note: RIDGE } : {}) },
  )

/** The splits, by names and jitter, that are not of the grid alone. */
const splitTiers = { '12 0.16': SHORT, '12 0.4': SHORT, '2 0.16': FULL, '12 0': FULL, '32 0.16': FULL }

const copies = [
  ...[1, 4, 12].map((k) =>
    scenario(
      'G01',
      `best worker in the mempool, ${k} names`,
      'W1',
      policies.mempoolCopy(k),
      { AS: JUNK, VL: 0.02 },
      { tier: k === 12 ? SHORT : k === 1 ? FULL : GRID },
    ),
  ),
  scenario(
    'G01',
    'the same if nothing were sealed',
    'W1',
    policies.mempoolCopy(12),
    {},
    { sealed: false, note: 'why sealing is part of the rule' },
  ),
  scenario('G02', "best worker's last value, 12 names", 'W1', policies.staleCopy(12), junk),
  scenario('G02', 'last network value, 12 names', 'W1', policies.networkCopy(12), junk, { tier: FULL }),
  scenario('G02', "best worker's last value, walk", 'W1b', policies.staleCopy(12), { AS: 0.01 }, { tier: GRID }),
  scenario('G02', 'last network value, walk', 'W1b', policies.networkCopy(12), { AS: 0.01 }),
  scenario('G02', 'network value + drift, walk', 'W1b', policies.networkDrift(12), { AS: 0.01 }),
]

const splits = [
  ...[0, 0.04, 0.16, 0.4].flatMap((jitter) =>
    [2, 4, 12, 32].map((k) => split(0, 0.4, k, jitter, splitTiers[`${k} ${jitter}`] ?? GRID)),
  ),
  ...[0.12, 0.48].map((jitter) => split(10, 1.2, 12, jitter, jitter === 0.48 ? GRID : SHORT)),
  split(19, 2, 12, 0.8, GRID),
  scenario('G05', 'worker of error 0.4 as 12 names, paired flips', 'W1', policies.flips(0, 12, 0.16), { g: SPLIT }),
  scenario('G05', 'worker of error 0.4 as 12 names, walk', 'W1b', policies.split(0, 12, 0.16), { g: SPLIT }),
]

const farms = [
  ...[12, 32, 64].map((k) =>
    scenario('G06', `constant 0, ${k} names`, 'W1', policies.constant(k), junk, {
      tier: k === 12 ? SHORT : k === 32 ? FULL : GRID,
    }),
  ),
  scenario('G06', 'noise, 32 names', 'W1', policies.noise(32), junk, { tier: FULL }),
  scenario('G06', 'last truth, 32 names', 'W1', policies.lastTruth(32), junk, { tier: GRID }),
  scenario('G06', 'last truth, 32 names, walk', 'W1b', policies.lastTruth(32), junk, { tier: FULL }),
]

const griefs = [
  ['1e6', () => 1e6],
  ['truth + 3', (y) => y + 3],
].map(([text, strike]) =>
  scenario(
    'G09',
    `perfect for ${ASLEEP} epochs, then ${text}`,
    'W1',
    policies.sleeper(strike, ASLEEP),
    { dL: 0.05, jump: 1, kept: 0.5 },
    { strikes: true, note: SLEEPER, tier: text === '1e6' ? SHORT : FULL },
  ),
)

const outsized = [
  ...[1, 6].map((k) => [`1e6 each epoch, ${k} names`, policies.extreme(k, 1e6, 1), 0]),
  ['-1e6 once in 100 epochs, 6 names', policies.extreme(6, -1e6, 100), 0],
  ['1e-18 each epoch, 6 names', policies.extreme(6, 1e-18, 1), JUNK, MEAN],
].map(([title, attack, most, note]) =>
  scenario('G10', title, 'W1', attack, { AS: most, moved: 0.01, removal: 0.01 }, { removes: true, note }),
)

/** Scenarios of workers, adversaries §2.4 A, with what the upper bound of each metric may be at most. */
export const workerScenarios = [
  ...copies,
  scenario('G04', 'one honest commit', 'W1', policies.withhold(2, 1), { g: 1 }),
  scenario('G04', '8 commits, the best looking revealed', 'W1', policies.withhold(2, 8), { g: 1 }),
  ...splits,
  scenario(
    'G05',
    'nobody attacks; 20 workers, errors correlated by 0.5',
    'correlated',
    policies.absent(),
    { unpaid: 0.05 },
    { honest: true },
  ),
  ...farms,
  ...[0.5, 2, 10].map((d) =>
    scenario('G07', `middle ± ${d}, two names`, 'W1', policies.hedge(d), junk, { tier: d === 10 ? GRID : SHORT }),
  ),
  scenario('G08', 'commit in the last block', 'W1', policies.lastBlock(), { AS: 0.01 }),
  ...griefs,
  ...outsized,
  ...[30, 60, 120].map((every) =>
    scenario(
      'G12',
      `a new name every ${every} epochs`,
      'W1',
      policies.reset(2, every),
      { g: 1 },
      { tier: every === 30 ? GRID : every === 120 ? FULL : SHORT },
    ),
  ),
  scenario('G12', '12 junk names, new every 40 epochs', 'W1', policies.resetJunk(12, 40), junk),
  scenario('G36', 'easy epochs only', 'easyAndHard', policies.selective(2), { g: 1 }),
]

const cleanRuns = new Map()

/** The run without the attack; an owned worker is one honest name of the attacker. Runs of one seed are kept. */
function cleanRun(settings) {
  const key = JSON.stringify(settings)
  if (!cleanRuns.has(key)) {
    const { owns, ...rest } = settings
    if (cleanRuns.size > 0 && !key.includes(`"seed":${settings.seed},`)) cleanRuns.clear()
    cleanRuns.set(key, simulate({ ...rest, attack: owns === undefined ? null : policies.split(owns, 1, 0) }))
  }
  return cleanRuns.get(key)
}

/** Of a run without an attack: what is not paid, and what half of the workers that fares worse loses beside equal pay. */
function fairness({ shares, paid }) {
  const honest = [...shares.values()].sort((a, b) => a - b)
  return { unpaid: 1 - paid, lost: 1 - 2 * honest.slice(0, honest.length / 2).reduce((a, b) => a + b, 0) }
}

/** Metrics of one scenario for one seed under one pay rule. */
export function runWorkerScenario({ world, attack, options }, { seed, epochs }, rule) {
  const { sealed = rule === 'contribution', strikes = false, removes = false, honest = false } = options
  const settings = { seed, epochs, rule, world, sealed }
  const clean = cleanRun({ ...settings, ...(attack.owns === undefined ? {} : { owns: attack.owns }) })
  if (honest) return fairness(clean)
  const attacked = simulate({ ...settings, attack, removes: removes && rule === 'contribution' })
  return compare({ owns: attack.owns, strikes, removes: removes && rule === 'contribution' }, attacked, clean)
}
