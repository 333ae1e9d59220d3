import { policies } from './policies.mjs'
import { attackerShare, honestName, simulate } from './simulate.mjs'
import { meanOf } from './statistics.mjs'

const JUNK = 0.005
const SPLIT = 1.1
/** Shares below this are none: a ratio to them says nothing. */
const NOTHING = 0.002

/** Criterion of the scenario: dL at most 0.05 at the strike. */
const SLEEPER = 'a matter of the synthesis (VT-10), whose guard softens the blow and does not yet meet 0.05'

const from = (epochs, first, last = epochs.length) => meanOf(epochs.slice(first, last))

/** What an attack did beside the same seed without it (or, of a skilled worker, with it as one honest name). */
function compare({ owns, strike, hasLoss }, attacked, clean) {
  const share = attackerShare(attacked)
  const before = owns === undefined ? 0 : attackerShare(clean)
  const victim = honestName(owns === 0 ? 1 : 0)
  const victimBefore = clean.shares.get(victim) ?? 0
  const moved = [...clean.shares]
    .filter(([name]) => name.startsWith('h'))
    .map(([name, was]) => Math.abs((attacked.shares.get(name) ?? 0) - was))
  const [first, last] = strike === undefined ? [150, undefined] : [strike, strike + 10]
  return {
    AS: share,
    ...(before > NOTHING ? { g: share / before } : {}),
    VL: victimBefore > NOTHING ? 1 - (attacked.shares.get(victim) ?? 0) / victimBefore : 0,
    ...(hasLoss ? { dL: from(attacked.logLosses, first, last) - from(clean.logLosses, first, last) } : {}),
    moved: Math.max(0, ...moved),
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
})

const junk = { AS: JUNK }
const split = (id, owns, error, k, jitter) =>
  scenario(id, `worker of error ${error} as ${k} names, jitter ${jitter}`, 'W1', policies.split(owns, k, jitter), {
    ...(owns < 5 ? { g: SPLIT } : junk),
  })

/** Scenarios of workers, adversaries §2.4 A, with what the upper bound of each metric may be at most. */
export const workerScenarios = [
  scenario('G01', 'best worker in the mempool, 1 name', 'W1', policies.mempoolCopy(1), { AS: JUNK, VL: 0.02 }),
  scenario('G01', 'best worker in the mempool, 4 names', 'W1', policies.mempoolCopy(4), { AS: JUNK, VL: 0.02 }),
  scenario(
    'G01',
    'best worker in the mempool, 12 names',
    'W1',
    policies.mempoolCopy(12),
    { AS: JUNK, VL: 0.02 },
    { tower: true },
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
  scenario('G02', 'last network value, 12 names', 'W1', policies.networkCopy(12), junk),
  scenario('G02', "best worker's last value, walk", 'W1b', policies.staleCopy(12), { AS: 0.01 }),
  scenario('G02', 'last network value, walk', 'W1b', policies.networkCopy(12), { AS: 0.01 }),
  scenario('G02', 'network value + drift, walk', 'W1b', policies.networkDrift(12), { AS: 0.01 }),
  scenario('G04', 'one honest commit', 'W1', policies.withhold(2, 1), { g: 1 }, { step: 1 }),
  scenario('G04', '8 commits, the best looking revealed', 'W1', policies.withhold(2, 8), { g: 1 }, { step: 1 }),
  ...[2, 4, 12, 32].map((k) => split('G05', 0, 0.4, k, 0)),
  ...[2, 4, 12, 32].map((k) => split('G05', 0, 0.4, k, 0.04)),
  ...[2, 4, 12, 32].map((k) => split('G05', 0, 0.4, k, 0.16)),
  ...[2, 4, 12, 32].map((k) => split('G05', 0, 0.4, k, 0.4)),
  ...[0.12, 0.48].map((jitter) => split('G05', 10, 1.2, 12, jitter)),
  split('G05', 19, 2, 12, 0.8),
  scenario('G05', 'worker of error 0.4 as 12 names, paired flips', 'W1', policies.flips(0, 12, 0.16), { g: SPLIT }),
  scenario('G05', 'worker of error 0.4 as 12 names, walk', 'W1b', policies.split(0, 12, 0.16), { g: SPLIT }),
  ...[12, 32, 64].map((k) => scenario('G06', `constant 0, ${k} names`, 'W1', policies.constant(k), junk)),
  scenario('G06', 'noise, 32 names', 'W1', policies.noise(32), junk, { tower: true }),
  scenario('G06', 'last truth, 32 names', 'W1', policies.lastTruth(32), junk),
  scenario('G06', 'last truth, 32 names, walk', 'W1b', policies.lastTruth(32), junk),
  ...[0.5, 2, 10].map((d) => scenario('G07', `middle ± ${d}, two names`, 'W1', policies.hedge(d), junk)),
  scenario('G08', 'commit in the last block', 'W1', policies.lastBlock(), { AS: 0.01 }),
  scenario(
    'G09',
    'perfect for 250 epochs, then 1e6',
    'W1',
    policies.sleeper(() => 1e6),
    {},
    { tower: true, strike: 250, note: SLEEPER },
  ),
  scenario(
    'G09',
    'perfect for 250 epochs, then + 3',
    'W1',
    policies.sleeper((y) => y + 3),
    {},
    { tower: true, strike: 250, note: SLEEPER },
  ),
  ...[1, 6].map((k) =>
    scenario(
      'G10',
      `1e6 each epoch, ${k} names`,
      'W1',
      policies.extreme(k, 1e6, 1),
      { AS: 0, moved: 0.01 },
      { tower: k === 6 },
    ),
  ),
  scenario('G10', '-1e6 once in 100 epochs, 6 names', 'W1', policies.extreme(6, -1e6, 100), { AS: 0, moved: 0.01 }),
  scenario('G10', '1e-18 each epoch, 6 names', 'W1', policies.extreme(6, 1e-18, 1), { AS: JUNK, moved: 0.01 }),
  ...[30, 60, 120].map((every) =>
    scenario('G12', `a new name every ${every} epochs`, 'W1', policies.reset(2, every), { g: 1 }, { step: 1 }),
  ),
  scenario('G12', '12 junk names, new every 40 epochs', 'W1', policies.resetJunk(12, 40), junk, { step: 1 }),
  scenario('G36', 'easy epochs only', 'easyAndHard', policies.selective(2), { g: 1 }, { step: 1 }),
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

/** Metrics of one scenario for one seed under one pay rule. */
export function runWorkerScenario({ world, attack, options }, seed, rule) {
  const { sealed = rule === 'contribution', step, tower = false, strike } = options
  const settings = { seed, rule, world, sealed, tower, ...(step === undefined ? {} : { step }) }
  const clean = cleanRun({ ...settings, ...(attack.owns === undefined ? {} : { owns: attack.owns }) })
  const hasLoss = tower || rule === 'reference'
  return compare({ owns: attack.owns, strike, hasLoss }, simulate({ ...settings, attack }), clean)
}
