import { explainEpoch } from '@starling/protocol/replay/explain/explainEpoch'
import type { Explanation, Line } from '@starling/protocol/replay/explain/types'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import { describe, expect, it } from 'vitest'
import { openContributionTopic } from '../app/testing/openContributionTopic.ts'
import type { TestActor } from '../app/testing/testChain.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { listServed } from './testing/replayTopic.ts'

const EPOCHS = 27
const topic = openContributionTopic(EPOCHS)
const { stores } = topic.chain
const all = listServed(stores, 1n)
const records = all.map(({ record }) => record)
const replays = replayEpochs({ id: 1n, policy: requireTopic(stores, 1n).policy }, all)
const last = EPOCHS - 1
/** The first epoch after which there are twenty differences. */
const mature = 20

function explain(at: number, { address }: TestActor): Explanation {
  const [record, replayed] = [records[at], replays[at]?.replayed]
  if (record === undefined || replayed === undefined) throw new Error('the epoch was not replayed')
  return explainEpoch(record, replayed, address)
}

const lineOf = (explanation: Explanation, label: string): Line => {
  const line = explanation.lines.find((one) => one.label === label)
  if (line === undefined) throw new Error(`no line ${label}`)
  return line
}
const resultOf = (explanation: Explanation, label: string): number => Number(lineOf(explanation, label).value)
const numberOf = (line: Line, input: string): number => Number(line.inputs[input])
const clip = (value: number): number => Math.max(-1, Math.min(1, value))
const meanOf = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length

/** By linear interpolation between the sorted values. */
function quantileOf(list: readonly number[], level: number): number {
  const sorted = list.toSorted((a, b) => a - b)
  const place = level * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return low + (place - Math.floor(place)) * (high - low)
}

/** Records with guesses up to one epoch: all but the first. */
const windowOf = (at: number) => records.slice(1, at + 1)

/** The guess with the least mean loss, its losses, and four times their median, from what the records say. */
function baselineAt(at: number): {
  readonly chosen: number
  readonly losses: readonly number[]
  readonly bound: number
} {
  const losses = Array.from({ length: 5 }, (_, i) =>
    windowOf(at).map(({ contribution }) => contribution?.baselines[i]?.loss ?? Number.NaN),
  )
  const means = losses.map(meanOf)
  const chosen = means.indexOf(Math.min(...means))
  return { chosen, losses: losses[chosen] ?? [], bound: 4 * quantileOf(losses[chosen] ?? [], 0.5) }
}

type Numbers = readonly (number | 'absent' | 'missed')[]

/** What each record says of an inferer since the first one that names it. */
function lossesOf(at: number, { address }: TestActor): Numbers {
  const list = windowOf(at).map(({ losses, unrevealed }) => {
    const own = losses?.inferers.find((one) => one.address === address)?.value
    return own ?? (unrevealed?.inferers.includes(address) ? 'missed' : 'absent')
  })
  return list.slice(list.findIndex((one) => one !== 'absent'))
}

function differencesOf(at: number, actor: TestActor): readonly number[] {
  const { losses, bound } = baselineAt(at)
  const own = lossesOf(at, actor)
  const before = losses.length - own.length
  return own.map((loss, i) => {
    const baseline = losses[before + i] ?? Number.NaN
    if (loss === 'missed') return -1
    const everybody = windowOf(at)[before + i]?.losses?.inferers.map(({ value }) => value) ?? []
    return loss === 'absent'
      ? Math.min(0, clip((baseline - quantileOf(everybody, 0.75)) / bound))
      : clip((baseline - loss) / bound)
  })
}

function skillOf(differences: readonly number[], bound: number): number {
  const mean = meanOf(differences)
  const deviation = Math.sqrt(meanOf(differences.map((d) => (d - mean) ** 2)))
  return Math.max(0, mean - deviation / Math.sqrt(differences.length)) * bound
}

describe('SPEC QA-2, VT-6 an explanation of contribution pay', () => {
  const actors = [...topic.workers, ...topic.reputers]
  const explanations = actors.flatMap((actor) => records.map((_, at) => explain(at, actor)))

  it('adds up to every payment of every epoch, to the last unit', () => {
    expect(replays.flatMap(({ mismatches }) => mismatches)).toEqual([])
    for (const [at, record] of records.entries()) {
      const paid = actors.reduce((sum, actor) => sum + explain(at, actor).paid, 0n)
      expect(paid + BigInt(record.unpaid)).toBe(BigInt(record.pot))
    }
    expect(explain(last, topic.skilled).paid).toBeGreaterThan(0n)
    expect(explain(last, topic.forecaster).paid).toBeGreaterThan(0n)
  })

  it('names the guesses, and the one that the records say is the best', () => {
    const { chosen, bound } = baselineAt(last)
    const explanation = explain(last, topic.skilled)
    const line = lineOf(explanation, 'baseline')
    expect(Object.keys(line.inputs)).toHaveLength(5)
    expect(line.value).toBe(Object.keys(line.inputs)[chosen])
    expect(line.value).toBe('running mean')
    expect(Number(line.inputs[line.value])).toBeCloseTo(meanOf(baselineAt(last).losses), 12)
    expect(resultOf(explanation, 'bound')).toBeCloseTo(bound, 10)
    const truths = records.slice(0, last).map(({ truth }) => truth ?? Number.NaN)
    expect(numberOf(lineOf(explanation, 'loss of the baseline'), 'value')).toBeCloseTo(meanOf(truths), 10)
  })

  it.each(['skilled', 'sleepy', 'careless', 'junk'] as const)('gives the skill that the records give: %s', (who) => {
    const at = last - 1
    const differences = differencesOf(at, topic[who])
    const line = lineOf(explain(at, topic[who]), 'skill')
    expect(line.inputs).toMatchObject({ differences: 25, 'took part': who === 'sleepy' ? 21 : 25 })
    expect(numberOf(line, 'mean')).toBeCloseTo(meanOf(differences), 12)
    expect(Number(line.value)).toBeCloseTo(skillOf(differences, baselineAt(at).bound), 10)
  })

  it('counts a missed reveal as the worst difference', () => {
    expect(lossesOf(last, topic.careless).at(-1)).toBe('missed')
    expect(differencesOf(last, topic.careless).at(-1)).toBe(-1)
    const member = replays[last]?.replayed?.outcome.state.verified?.contribution?.workers[topic.careless.address]
    expect(member?.entries.at(-1)).toBe('missed')
  })

  it('gives a forecaster the skill of what it takes off the loss of the network', () => {
    const { bound } = baselineAt(last)
    const gains = windowOf(last).map(({ losses }) => {
      const without = losses?.oneOutForecasters.find(({ address }) => address === topic.forecaster.address)?.value
      return clip(((without ?? losses?.naive ?? Number.NaN) - (losses?.combined ?? Number.NaN)) / bound)
    })
    const explanation = explain(last, topic.forecaster)
    expect(resultOf(explanation, 'gain') / bound).toBeCloseTo(gains.at(-1) ?? Number.NaN, 12)
    expect(resultOf(explanation, 'difference')).toBeCloseTo(gains.at(-1) ?? Number.NaN, 12)
    expect(resultOf(explanation, 'skill')).toBeCloseTo(skillOf(gains, bound), 10)
    expect(resultOf(explanation, 'skill')).toBeGreaterThan(0)
    expect(resultOf(explanation, 'share of its class')).toBe(0.15)
  })

  it('gives two workers with skill the weights of least variance, and the pot by skill × weight', () => {
    const errorsOf = ({ address }: TestActor) =>
      windowOf(mature).map(({ network, truth }) => {
        const value = network?.inferers.find(({ worker }) => worker === address)?.values[0]
        return (value ?? Number.NaN) - (truth ?? Number.NaN)
      })
    const rows = [errorsOf(topic.skilled), errorsOf(topic.careless)]
    const bound = 8 * quantileOf(rows.flat().map(Math.abs), 0.5)
    const [a = [], b = []] = rows.map((row) => row.map((error) => clip(error / bound)))
    const moment = (x: readonly number[], y: readonly number[]): number => meanOf(x.map((e, t) => e * (y[t] ?? 0)))
    const ridge = (0.02 * (moment(a, a) + moment(b, b))) / 2
    const [own, other, both] = [moment(a, a) + ridge, moment(b, b) + ridge, moment(a, b)]
    const weight = (other - both) / (own + other - 2 * both)
    const [first, second] = [explain(mature, topic.skilled), explain(mature, topic.careless)]
    expect(resultOf(first, 'weight')).toBeCloseTo(weight, 10)
    expect(resultOf(second, 'weight')).toBeCloseTo(1 - weight, 10)
    const together =
      weight * weight * moment(a, a) + (1 - weight) ** 2 * moment(b, b) + 2 * weight * (1 - weight) * both
    expect(lineOf(first, 'weight').inputs['with skill']).toBe(2)
    expect(numberOf(lineOf(first, 'weight'), 'mean square of its errors')).toBeCloseTo(moment(a, a), 12)
    expect(numberOf(lineOf(first, 'weight'), 'of the combination')).toBeCloseTo(together, 12)
    const products = [weight, 1 - weight].map(
      (w, i) => w * skillOf(differencesOf(mature, i === 0 ? topic.skilled : topic.careless), baselineAt(mature).bound),
    )
    const share = (products[0] ?? 0) / ((products[0] ?? 0) + (products[1] ?? 0))
    const pot = Number(records[mature]?.pot)
    expect(Number(first.paid) / (0.6 * pot * share)).toBeCloseTo(1, 9)
    expect(Number(second.paid) / (0.6 * pot * (1 - share))).toBeCloseTo(1, 9)
  })

  it('has formulas that give the value of their line from its inputs', () => {
    const used = new Set<string>()
    for (const line of explanations.flatMap(({ lines }) => lines)) {
      const compute = formulas[line.formula]
      if (compute === undefined) continue
      used.add(line.formula)
      const value = Number(line.value)
      expect(Math.abs(compute(line) - value), JSON.stringify(line)).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-9)
    }
    expect([...used].toSorted()).toEqual(Object.keys(formulas).toSorted())
  })

  it('says why an epoch brought nothing', () => {
    const reasonOf = (at: number, actor: TestActor) => explain(at, actor).reason
    expect(reasonOf(0, topic.skilled)).toMatch(/^Nobody has skill yet: there was no truth before this epoch/)
    expect(reasonOf(mature - 1, topic.skilled)).toBe(
      'It has no skill yet: it took part in 19 of the 20 epochs that show one: 1 to go.',
    )
    expect(reasonOf(last, topic.newcomer)).toMatch(/^It has no skill yet: it took part in 12 of the 20 .+: 8 to go/)
    expect(reasonOf(last, topic.junk)).toMatch(/^Its skill is 0: the mean of its 26 differences is -1 of the bound/)
    expect(reasonOf(last, topic.careless)).toMatch(/^It committed and did not reveal, so its bond burns, and its skill/)
    expect(reasonOf(24, topic.sleepy)).toMatch(/^It has no submission in the record/)
    expect(reasonOf(21, topic.sleepy)).toMatch(/^It has no skill yet: it took part in 18 of the 20/)
    expect(reasonOf(0, topic.forecaster)).toMatch(/^Its forecast implied no value/)
    expect(reasonOf(last, topic.liar)).toMatch(/its closeness is 0/)
    expect(reasonOf(last, topic.skilled)).toBeUndefined()
  })
})

/** Formulas that need no more than the inputs of their line. */
const formulas: Readonly<Record<string, (line: Line) => number>> = {
  '(value - truth)^2': (line) => (numberOf(line, 'value') - numberOf(line, 'truth')) ** 2,
  '4 * median of the losses of the baseline, at most 1e300': (line) => 4 * numberOf(line, 'median'),
  'loss of the baseline - loss, at most the bound to both sides, / bound': (line) =>
    clip((numberOf(line, 'baseline') - numberOf(line, 'loss')) / numberOf(line, 'bound')),
  'loss of the network without it - loss of the network': (line) =>
    numberOf(line, 'without') - numberOf(line, 'network'),
  'gain, at most the bound to both sides, / bound': (line) => clip(numberOf(line, 'gain') / numberOf(line, 'bound')),
  'max(0, mean of the differences - standard error) * bound': (line) =>
    Math.max(0, numberOf(line, 'mean') - numberOf(line, 'standard error')) * numberOf(line, 'bound'),
  'skill * weight / sum of the same over the class': (line) =>
    numberOf(line, 'sum') > 0 ? (numberOf(line, 'skill') * numberOf(line, 'weight')) / numberOf(line, 'sum') : 0,
  'stake * closeness / sum of the same over the reputers': (line) =>
    (numberOf(line, 'stake') * numberOf(line, 'closeness')) / numberOf(line, 'sum'),
  'pot * fraction * share, whole uallo, rounded down': (line) =>
    numberOf(line, 'pot') * numberOf(line, 'fraction') * numberOf(line, 'share'),
}
