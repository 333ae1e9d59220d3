import { chainScenarios, SLOT_EPOCHS, slotParams, slotScenarios } from './chainScenarios.mjs'
import { cleanKey, playChain, topicsOf } from './playChain.mjs'

const meanOf = (values) => (values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length)
/** Epochs of a run, the first of which fill the memory K of pay. */
export const EPOCHS = 140
export const WARM_UP = 110
const NOTHING = 0.002
/** Epochs in which a blow counts, and those after which its influence has to be half. */
const BLOW = 10
const HALVING = 3
/** Last epochs, in which seats are counted. */
const LATE = 20
/** Epochs before which nobody has shown skill. */
const WITH_SKILL = 25
/** Fee of a registration, in uallo (a parameter of the chain), and the share of an epoch's pot that is the workers'. */
const REGISTRATION = 200

/** Mean share of each address of the workers' pot, over the epochs after the warm-up; contested epochs pay nobody. */
function sharesOf(records, warmUp) {
  const shares = new Map()
  const counted = records.slice(warmUp)
  for (const { fractions } of counted) {
    for (const { address, value } of fractions?.inferers ?? [])
      shares.set(address, (shares.get(address) ?? 0) + value / counted.length)
  }
  return shares
}

const errorsOf = ({ records, world }) =>
  records.map(({ network }, t) => Math.abs((network?.combined[0] ?? 0) - world[t].truth))
const logLosses = (topic) => errorsOf(topic).map((error) => Math.log10(error ** 2 + 1e-4))

/** Half the width of the widest interval that was published in an epoch. */
const halfWidth = ({ upper, lower }) => (upper - lower) / 2

/** uallo paid to some addresses as inferers over a whole run. */
const earned = (records, addresses) =>
  records
    .flatMap(({ payouts }) => payouts)
    .filter(({ address, role }) => role === 'inferer' && addresses.includes(address))
    .reduce((sum, { amount }) => sum + Number(amount), 0)

/** What an attack did to its topic beside the clean topic of the same chain. */
function compare(attacked, clean, { honest, warmUp }) {
  const { scenario, records, world } = attacked
  const own = attacked.own.map(({ address }) => address)
  const cleanOwn = clean.own.map(({ address }) => address)
  const [after, before] = [attacked, clean].map((topic) => sharesOf(topic.records, warmUp))
  const sum = (shares, addresses) => addresses.reduce((total, address) => total + (shares.get(address) ?? 0), 0)
  const victim = honest[scenario.owns === 0 ? 1 : 0]
  const was = sum(before, cleanOwn)
  const others = honest.filter((_, i) => i !== scenario.owns)
  const first = scenario.strikes ? records.length - 20 : warmUp
  const last = scenario.strikes ? first + BLOW : records.length
  const lossOf = (topic) => meanOf(logLosses(topic).slice(first, last))
  return {
    AS: sum(after, own),
    ...(was > NOTHING ? { g: sum(after, own) / was, net: netGain() } : {}),
    VL: (before.get(victim) ?? 0) > NOTHING ? 1 - (after.get(victim) ?? 0) / before.get(victim) : 0,
    dL: lossOf(attacked) - lossOf(clean),
    moved: Math.max(...others.map((name) => Math.abs((after.get(name) ?? 0) - (before.get(name) ?? 0)))),
    ...(scenario.strikes ? blow() : {}),
    ...(scenario.lies === undefined ? {} : agreement()),
    missed: records.reduce((n, { unrevealed }) => n + (unrevealed?.inferers.length ?? 0), 0) / records.length,
  }

  /** The same ratio in coins, over the whole run, after the registrations. */
  function netGain() {
    const cost = (names) => REGISTRATION * names.length
    return (earned(records, own) - cost(own)) / (earned(clean.records, cleanOwn) - cost(cleanOwn))
  }

  function blow() {
    const errors = errorsOf(attacked)
    const widest = attacked.answers[first - 1]?.intervals.at(-1)
    return {
      ...(widest === undefined ? {} : { jump: errors[first] / halfWidth(widest) }),
      kept: errors[first + HALVING] / errors[first],
    }
  }

  function agreement() {
    const settled = records.filter(({ status }) => status === 'settled')
    const wrong = settled.filter(({ truth }, i) => Math.abs(truth - world[records.indexOf(settled[i])].truth) > 0.5)
    return { accepted: wrong.length / records.length, contested: 1 - settled.length / records.length }
  }
}

/**
 * Metrics of the scenarios (those wanted by id, all of an empty list) for one seed on the real state machine; the
 * criteria are held against what comes after `warmUp` epochs.
 */
export function measureChain({ seed, epochs, warmUp, wanted = [] }) {
  const scenarios = chainScenarios.filter(({ id }) => wanted.length === 0 || wanted.includes(id))
  const { clean, all } = topicsOf(scenarios)
  const { played, honest } = playChain({ scenarios: all, seed, epochs })
  return scenarios.map((scenario) => {
    const attacked = played.find((topic) => topic.scenario === scenario)
    const beside = played[clean.findIndex(({ key }) => key === cleanKey(scenario))]
    return { ...scenario, contribution: compare(attacked, beside, { honest, warmUp }) }
  })
}

/** Metrics of the fight for places: a chain with fewer places than there are names. */
export function measureSlots({ seed, epochs = SLOT_EPOCHS }) {
  const { played, honest } = playChain({ scenarios: slotScenarios, seed, epochs, params: slotParams })
  return slotScenarios.map((scenario, i) => {
    const { records, places, own } = played[i]
    const { count, at } = scenario.newcomers
    const addresses = own.map(({ address }) => address)
    const waits = honest.slice(0, count).map((name) => {
      const found = places.slice(at).findIndex((holders) => holders.includes(name))
      return found < 0 ? epochs - at : found
    })
    const late = places.slice(-LATE)
    const seats = (names) => meanOf(late.map((holders) => holders.filter((name) => names.includes(name)).length))
    const shares = sharesOf(records, WITH_SKILL)
    return {
      ...scenario,
      contribution: {
        AS: addresses.reduce((total, name) => total + (shares.get(name) ?? 0), 0),
        wait: waits.toSorted((a, b) => a - b)[Math.floor(count / 2)],
        seats: seats(addresses),
        best: seats(honest.slice(0, count)) / count,
      },
    }
  })
}
