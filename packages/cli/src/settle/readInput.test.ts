import { playVerified } from '@starling/protocol/modules/synthesis/verified/testing/playVerified'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { describe, expect, it } from 'vitest'
import { CliError } from '../cliError.ts'
import { outputSchema } from './outputSchema.ts'
import { readInput } from './readInput.ts'
import { epoch, labelPolicy, numberPolicy } from './testing/epoch.ts'
import { toOutput } from './toOutput.ts'

const read = (document: unknown, skipInvalid = false) =>
  readInput(document, { name: 'epoch.json', skipInvalid, onUnknown: () => {} })
const sentenceOf = (document: unknown): string => {
  try {
    read(document)
  } catch (error) {
    if (error instanceof CliError && error.exitCode === 2) return error.message
    throw error
  }
  return 'accepted'
}
const state = {
  initialRegret: 0,
  regretScale: 0,
  combinedLoss: null,
  inferers: {},
  forecasters: {},
  reputers: {},
  infererScores: [],
  forecasterScores: [],
  forecasterScoreRatio: 0,
  inferenceMadEma: 0,
}
const inferer = {
  regret: 0.1,
  naiveRegret: null,
  withoutInferer: {},
  withoutForecaster: {},
  withForecaster: {},
  weight: 1,
  inclusions: 1,
  rewardFraction: null,
  lastNonce: 9,
}

describe('the shape of the document', () => {
  it.each<[string, unknown, string]>([
    ['no object', [], 'epoch.json: the document must be an object, got a list.'],
    ['null', null, 'epoch.json: the document must be an object, got null.'],
    ['no topic', { ...epoch, topic: undefined }, 'epoch.json: topic is missing.'],
    [
      'topic 0',
      { ...epoch, topic: { ...epoch.topic, id: 0 } },
      'epoch.json: topic.id must be a whole number of at least 1, got 0.',
    ],
    ['no nonce', { ...epoch, nonce: undefined }, 'epoch.json: nonce is missing.'],
    ['a broken nonce', { ...epoch, nonce: 1.5 }, 'epoch.json: nonce must be a whole number of at least 0, got 1.5.'],
    [
      'a huge nonce',
      { ...epoch, nonce: 2 ** 53 },
      'epoch.json: nonce must be a whole number of at least 0, got 9007199254740992.',
    ],
    ['no prior', { ...epoch, prior: undefined }, 'epoch.json: prior is missing.'],
    ['no inferences', { ...epoch, inferences: undefined }, 'epoch.json: inferences is missing.'],
    ['an object of them', { ...epoch, inferences: {} }, 'epoch.json: inferences must be a list, got an object.'],
    ['no worker', { ...epoch, inferences: [{ value: 1 }] }, 'epoch.json: inferences[0].worker is missing.'],
    [
      'a number as worker',
      { ...epoch, inferences: [{ worker: 1, value: 1 }] },
      'epoch.json: inferences[0].worker must be a text, got 1.',
    ],
    [
      'a negative stake',
      { ...epoch, reputers: [{ address: 'r', stake: '-5', value: 1 }] },
      'epoch.json: reputers[0].stake is not a whole non-negative number of uallo, got "-5".',
    ],
    ['half a uallo', { ...epoch, reward: 0.5 }, 'epoch.json: reward must be digits in quotes, got 0.5.'],
    ['a reward beyond doubles', { ...epoch, reward: 1e21 }, 'epoch.json: reward must be digits in quotes, got 1e+21.'],
  ])('%s is refused with its path', (_, document, sentence) => {
    expect(sentenceOf(JSON.parse(JSON.stringify(document)))).toBe(sentence)
  })

  it.each(['', 'a b', 'ä', '7', '__proto__', 'a'.repeat(91)])('the worker %j is refused', (worker) => {
    const document = { ...epoch, inferences: [{ worker, value: 1 }] }
    expect(sentenceOf(document)).toMatch(
      /^epoch\.json: inferences\[0\]\.worker must be 1 to 90 visible ASCII characters/,
    )
  })

  it.each(['constructor', 'toString', 'hasOwnProperty'])('a worker may be called %s', (worker) => {
    expect(read({ ...epoch, inferences: [{ worker, value: 1 }] }).input.inferences[0]?.worker).toBe(worker)
  })

  it('has an end of its participants', () => {
    const inferences = Array.from({ length: 1025 }, (_, i) => ({ worker: `w${i}`, value: 1 }))
    expect(sentenceOf({ ...epoch, inferences })).toBe('epoch.json: inferences has more than the 1024 entries allowed.')
  })

  it('names what may be misspelt beside what is missing', () => {
    const { inferences, ...rest } = epoch
    const lines = ['epoch.json is refused:', '  inferences is missing', '  inferenes is not known']
    expect(sentenceOf({ ...rest, inferenes: inferences })).toBe(lines.join('\n'))
  })

  it('lists several faults, the first ten of many', () => {
    const inferences = Array.from({ length: 12 }, (_, i) => ({ worker: `w${i}`, value: null }))
    const lines = sentenceOf({ ...epoch, inferences }).split('\n')
    expect([lines.length, lines[0], lines[11]]).toEqual([12, 'epoch.json is refused:', '  … and 2 more'])
  })
})

describe('the policy', () => {
  it.each<[string, object, RegExp]>([
    ['an unknown loss', { loss: 'cubic' }, /^epoch\.json: topic\.policy\.loss must be one of squared, /],
    ['what is not built', { truth: 'reported' }, /^epoch\.json: topic\.policy\.truth "reported" is not supported yet/],
    [
      'an empty domain',
      { domain_highest: '-1e9' },
      /^epoch\.json: topic\.policy\.domain_highest must be above the lowest/,
    ],
    ['a number in its place', { loss: 7 }, /^epoch\.json: topic\.policy\.loss must be a text, got 7\.$/],
    [
      'a list in its place',
      { tolerance: [] },
      /^epoch\.json: topic\.policy\.tolerance must be a decimal number, got a list\.$/,
    ],
    ['a negative count', { min_reputers: -1 }, /^epoch\.json: topic\.policy\.min_reputers must be a whole number/],
    [
      'a label of letters that are not allowed',
      { loss: 'cross-entropy', labels: ['Up', 'down'] },
      /topic\.policy\.labels\[0\] must be/,
    ],
  ])('%s is refused', (_, change, sentence) => {
    expect(sentenceOf({ ...epoch, topic: { id: 1, policy: { ...numberPolicy, ...change } } })).toMatch(sentence)
  })

  it('may leave out what describes the topic to people', () => {
    const { unit: _unit, horizon: _horizon, resolution: _resolution, ...policy } = numberPolicy
    expect(read({ ...epoch, topic: { id: 1, policy } }).input.topic.policy.loss).toBe('squared')
  })

  it('takes decimals as numbers, too', () => {
    const policy = { ...numberPolicy, domain_lowest: -5, domain_highest: 1e6, tolerance: 0.25, min_stake: 7 }
    expect(read({ ...epoch, topic: { id: '1', policy } }).input.topic.policy).toMatchObject({
      domain: [-5, 1e6],
      tolerance: 0.25,
      minStake: 7n,
    })
  })

  it.each<[string, unknown, string]>([
    ['pNorm', 0.5, 'must be from 1 to 10, got 0.5'],
    ['alphaRegret', 0, 'must be from 2.2250738585072014e-308 to 1, got 0'],
    ['gradientDescentMaxIters', 1e9, 'must be a whole number from 1 to 1000, got 1000000000'],
    ['cNorm', 'x', 'is not a decimal number like -12.5 or 3e-7, got "x"'],
  ])('params.%s %j is refused', (field, value, reason) => {
    const topic = { ...epoch.topic, params: { [field]: value } }
    expect(sentenceOf({ ...epoch, topic })).toBe(`epoch.json: topic.params.${field} ${reason}.`)
  })
})

describe('values by label', () => {
  const labelled = (values: unknown) => ({
    ...epoch,
    topic: { id: 3, policy: labelPolicy },
    inferences: [{ worker: 'w1', values }],
    forecasts: [],
    reputers: [{ address: 'r1', stake: '1', value: 'up' }],
  })
  it.each<[unknown, string]>([
    [{ down: 0.5, flat: 0.5 }, 'inferences[0].values.up is missing'],
    [{ down: 0.5, flat: 0.5, up: 0, sideways: 0 }, 'inferences[0].values.sideways is none of down, flat, up'],
    [{ down: 0.5, flat: 0.6, up: 0 }, 'inferences[0].values cannot be taken: The probabilities do not sum to 1'],
    [{ down: 1.5, flat: -0.5, up: 0 }, 'inferences[0].values.down must be from 0 to 1, got 1.5'],
    [{ down: 'NaN', flat: 0.5, up: 0.5 }, 'inferences[0].values.down is not a decimal number'],
    [[1, 0, 0], 'inferences[0].values must be an object with down, flat, up, got a list'],
    [undefined, 'inferences[0].values is missing; it must be an object with down, flat, up'],
  ])('%j is refused', (values, sentence) => {
    expect(sentenceOf(labelled(values))).toContain(sentence)
    expect(read(labelled(values), true).input.inferences).toEqual([])
  })

  it('a number in their place is refused, and labels where a number is asked for', () => {
    const number = { ...labelled({}), inferences: [{ worker: 'w1', value: 0.5 }] }
    expect(sentenceOf(number)).toContain('inferences[0].value must be "values" with down, flat, up')
    const labels = { ...epoch, inferences: [{ worker: 'w1', values: { up: 1 } }] }
    expect(sentenceOf(labels)).toContain('inferences[0].values is for labels and quantiles; give "value"')
  })

  it('the truth is one of them', () => {
    const document = {
      ...labelled({ down: 0, flat: 0, up: 1 }),
      reputers: [{ address: 'r1', stake: '1', value: 'Up' }],
    }
    expect(sentenceOf(document)).toBe('epoch.json: reputers[0].value must be one of down, flat, up, got "Up".')
  })
})

describe('the state', () => {
  const of = (change: object) => ({ ...epoch, prior: { ...state, ...change } })
  it.each<[string, object, string]>([
    ['a missing field', { regretScale: undefined }, 'prior.regretScale is missing'],
    ['NaN', { regretScale: 'NaN' }, 'prior.regretScale is not a decimal number like -12.5 or 3e-7, got "NaN"'],
    ['a negative scale', { regretScale: -1 }, 'prior.regretScale must be from 0 to 1000000000, got -1'],
    [
      'a regret that would overflow',
      { initialRegret: 1e300 },
      'prior.initialRegret must be from -1000000000 to 1000000000, got 1e+300',
    ],
    ['a list for a record', { inferers: [] }, 'prior.inferers must be an object, got a list'],
    [
      'a broken worker',
      { inferers: { w1: { ...inferer, weight: null } } },
      'prior.inferers.w1.weight must be a decimal number',
    ],
    [
      'a broken regret',
      { inferers: { 'a.b': { ...inferer, withoutInferer: { w2: true } } } },
      'prior.inferers["a.b"].withoutInferer.w2 must be a decimal number',
    ],
    [
      'a broken count',
      { inferers: { w1: { ...inferer, inclusions: -1 } } },
      'prior.inferers.w1.inclusions must be a whole number',
    ],
    ['an illegal name', { inferers: { 'w 1': inferer } }, 'prior.inferers["w 1"] is no legal name'],
    ['a broken score', { infererScores: [0, 'x'] }, 'prior.infererScores[1] is not a decimal number'],
  ])('with %s is refused with its path', (_, change, sentence) => {
    expect(sentenceOf(JSON.parse(JSON.stringify(of(change))))).toContain(`epoch.json: ${sentence}`)
  })

  const numbers = { loss: 'squared', domain: [-10, 10], labels: [], levels: [] } as const
  const verified = playVerified({ config: numbers, seed: 3, members: 3, epochs: 25, attendance: 0.7 })
  const { tower, contribution } = verified

  it('may hold what the rules of a verified topic remember, and is printed with it', () => {
    const document: unknown = JSON.parse(JSON.stringify(of({ verified })))
    const { input } = read(document)
    expect(input.prior.verified).toEqual(verified)
    const printed = toOutput(input, settleEpoch({ ...input, inferences: [] }), [])
    expect(JSON.parse(JSON.stringify(printed.state))).toEqual(JSON.parse(JSON.stringify(input.prior)))
    expect(outputSchema.parse(JSON.parse(JSON.stringify(printed)))).toMatchObject({ state: { verified } })
  })

  it.each<[string, object, string]>([
    ['a part missing', { ...verified, edge: undefined }, 'prior.verified.edge is missing'],
    [
      'a mark that there is not',
      { ...verified, contribution: { ...contribution, workers: { w1: { entries: ['late'], residuals: [] } } } },
      'prior.verified.contribution.workers.w1.entries[0] is not a decimal number',
    ],
    [
      'a member without a record',
      { ...verified, tower: { ...tower, members: [...(tower?.members ?? []), 'z'] } },
      'prior.verified does not fit together: what the topic',
    ],
    ['no such layers', { ...verified, tower: { ...tower, layers: { kind: 'other' } } }, 'prior.verified.tower.layers'],
    [
      'a sleep before its first lesson',
      { ...verified, tower: { ...tower, lessons: 1 } },
      'prior.verified does not fit together',
    ],
  ])('with %s among what verified rules remember is refused with its path', (_, change, sentence) => {
    const spoilt: unknown = JSON.parse(JSON.stringify(of({ verified: change })))
    expect(sentenceOf(spoilt)).toContain(`epoch.json: ${sentence}`)
  })

  it('may list its participants in any order', () => {
    const { input } = read(of({ inferers: { w2: inferer, w10: inferer, w1: inferer } }))
    expect(Object.keys(input.prior.inferers)).toEqual(['w1', 'w10', 'w2'])
  })

  it('may hold numbers below the smallest normal double, as an underflown weight is', () => {
    const { input } = read(of({ inferers: { w1: { ...inferer, weight: 5e-324 } } }))
    expect(input.prior.inferers.w1?.weight).toBe(5e-324)
  })
})
