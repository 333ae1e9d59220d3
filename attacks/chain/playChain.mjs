import { makeRandom, normal } from '../random.mjs'
import { actorsOf, openArena } from './arena.mjs'

const HONEST = 10
const REPUTERS = 5
/** Reputers that lie where a scenario has some: 40 % of the stake. */
const LIARS = 2
const STAKE = 1000n
const NOISE = 0.02

/** Error of worker i: 0.4 … 2.0 in equal steps. */
const errorOf = (i) => 0.4 + (1.6 * i) / (HONEST - 1)
const inDomain = (value) => Math.max(-1000, Math.min(1000, value))

/** What happens in the epochs of a topic (W1, or with easy and hard epochs): the same for each topic of one seed. */
function makeWorld(seed, epochs, isHard) {
  const random = makeRandom(seed)
  return Array.from({ length: epochs }, () => {
    const truth = normal(random)
    const easy = random() < 0.5
    const scale = isHard ? (easy ? 0.5 : 2) : 1
    const common = 0.3 * normal(random)
    const values = Array.from({ length: HONEST }, (_, i) => truth + common + scale * errorOf(i) * normal(random))
    return { truth, easy, values, heard: Array.from({ length: REPUTERS }, () => truth + NOISE * normal(random)) }
  })
}

/** A topic with its attack, or without one: who takes part, and what each does in an epoch. */
function makeTopic(scenario, seed, epochs, actors) {
  const { names = 0, owns, isHard = false, newcomers, act, lies } = scenario
  const own = actors.attackers.slice(0, names)
  const random = makeRandom(seed + 1_000_000)
  const others = actors.honest.filter((_, i) => i !== owns)
  return {
    scenario,
    own,
    workers: [...others, ...own],
    world: makeWorld(seed, epochs, isHard),
    reportsOf: ({ truth, heard }) =>
      heard.map((value, r) => (lies !== undefined && r < LIARS ? lies(truth) : value)).map(inDomain),
    actOf(t, epoch, past) {
      const { truth, easy, values } = epoch
      const absent = newcomers !== undefined && t < newcomers.at ? newcomers.count : 0
      const honest = others.slice(absent).map((actor) => [actor, inDomain(values[actors.honest.indexOf(actor)])])
      if (act === undefined) return { commits: honest }
      const strike = epochs - 20
      const signal = owns === undefined ? null : values[owns]
      const view = { t, strike, easy, signal, truth, past, random, names: own, honest: others }
      const { commits, ...rest } = act(view)
      return { commits: [...honest, ...commits.map(([actor, value]) => [actor, inDomain(value)])], ...rest }
    },
  }
}

/** The topics of a run: each scenario, and beside it what it is compared with, once for each kind. */
export function topicsOf(scenarios) {
  const clean = [...new Set(scenarios.map(cleanKey))].map((key) => {
    const { owns, isHard } = scenarios.find((scenario) => cleanKey(scenario) === key)
    const alone = { names: 1, owns, act: ({ names, signal }) => ({ commits: [[names[0], signal]] }) }
    return { key, isHard, ...(owns === undefined ? {} : alone) }
  })
  return { clean, all: [...clean, ...scenarios] }
}

export const cleanKey = ({ owns, isHard = false }) => `${owns} ${isHard}`

/**
 * Plays the scenarios of a seed, each in a topic of one chain, for so many epochs. Returns for each topic its records,
 * answers and holders of places in the order of the epochs, and the addresses of the honest workers.
 */
export function playChain({ scenarios, seed, epochs, params }) {
  const actors = {
    honest: actorsOf('honest', HONEST),
    attackers: actorsOf('attacker', Math.max(...scenarios.map(({ names = 0 }) => names))),
  }
  const reputers = actorsOf('reputer', REPUTERS)
  const topics = scenarios.map((scenario) => makeTopic(scenario, seed, epochs, actors))
  const arena = openArena({ topics, reputers, stakes: reputers.map(() => STAKE), params })
  const played = topics.map((topic) => ({ ...topic, records: [], answers: [], places: [] }))
  let before = null
  let past = topics.map(() => null)
  // The truth of the last epoch is reported while one more is open, in which nobody predicts.
  for (let t = 0; t <= epochs; t += 1) {
    const acts = topics.map((topic, i) => (t < epochs ? topic.actOf(t, topic.world[t], past[i]) : { commits: [] }))
    const reports = before === null ? null : topics.map((topic) => topic.reportsOf(topic.world[t - 1]))
    const { nonce, places } = arena.runEpoch(acts, reports, before)
    if (t < epochs) for (const [i, topic] of played.entries()) topic.places.push(places[i])
    if (before !== null) {
      for (const [i, topic] of played.entries()) {
        topic.records.push(arena.recordOf(arena.ids[i], before))
        topic.answers.push(arena.answerOf(arena.ids[i], before))
      }
    }
    past = topics.map(({ world }) => ({ truth: world[t]?.truth, best: world[t]?.values[0] }))
    before = nonce
  }
  arena.check()
  return { played, honest: actors.honest.map(({ address }) => address) }
}
