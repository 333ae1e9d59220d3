import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTopic, type TopicFacts } from '../shared/readTopic.ts'
import { createFakeChain } from '../shared/testing/fakeChain.ts'
import { type FakeTopic, topicViewOf } from '../shared/testing/topicViewOf.ts'
import { readPrediction } from './readPrediction.ts'

function factsOf(changes: Partial<FakeTopic>): TopicFacts {
  return readTopic(topicViewOf({ ...createFakeChain().state.topic, ...changes }))
}

const number = factsOf({})
const volatility = factsOf({ loss: 'qlike', domain: ['0.05', '100'] })
const event = factsOf({ loss: 'log-loss', domain: ['0', '1'] })
const labels = factsOf({ loss: 'cross-entropy', labels: ['down', 'flat', 'up'], domain: ['0', '1'] })
const quantiles = factsOf({ loss: 'crps', levels: ['0.10', '0.5', '0.9'] })

describe('what a model gave', () => {
  it.each([
    [number, 1.5, [1.5]],
    [number, { value: -2 }, [-2]],
    [number, -0, [-0]],
    [volatility, 0.05, [0.05]],
    [event, 1, [1]],
    [labels, { values: { up: 0.25, flat: 0.25, down: 0.5 } }, [0.5, 0.25, 0.25]],
    [labels, { values: { up: 0.1, flat: 0.2, down: 0.7 } }, [0.7, 0.2, 0.1]],
    [quantiles, { values: { '0.5': 2, '0.9': 3, '0.10': 1 } }, [1, 2, 3]],
  ])('is a prediction %#', (facts, output, values) => {
    expect(readPrediction(facts, output)).toEqual({ values })
  })

  it('is null to skip', () => {
    expect(readPrediction(number, null)).toBeNull()
  })

  it.each([
    [number, undefined, 'got nothing'],
    [number, '1.5', 'a number, {"value": number} or null was expected, got 1.5'],
    [number, { value: '1' }, 'was expected, got {"value":"1"}'],
    [number, [1], 'was expected, got [1]'],
    [number, Number.NaN, 'it is NaN, not a finite number'],
    [number, { value: Number.POSITIVE_INFINITY }, 'it is Infinity'],
    [number, 1e-310, 'closer to zero'],
    [number, 2000, '2000 is refused: Value 0 is outside -1000 to 1000.'],
    [volatility, 0, 'outside 0.05 to 100'],
    [event, 1.01, 'outside 0 to 1'],
    [labels, 0.5, 'a number for each of down, flat, up was expected'],
    [labels, { values: { up: 1 } }, 'a number for each of down, flat, up'],
    [labels, { values: { up: 0.5, flat: 0.25, down: 0.25, side: 0 } }, 'a number for each of'],
    [labels, { values: { up: 0.5, flat: 0.5, dawn: 0 } }, 'a number for each of'],
    [labels, { values: { up: 0.5, flat: 0.5, down: null } }, 'a number for each of'],
    [labels, { values: { up: 0.5, flat: 0.5, down: Number.NaN } }, '"down" is NaN'],
    [labels, { values: { up: 0.5, flat: 0.5, down: 0.2 } }, 'do not sum to 1'],
    [quantiles, { values: { '0.10': 3, '0.5': 2, '0.9': 1 } }, 'not ascending'],
    [number, () => 1, 'got a function'],
    [number, 12n, 'got 12'],
  ])('is refused with a reason %#', (facts, output, reason) => {
    expect(readPrediction(facts, output)).toEqual({ fault: expect.stringContaining(reason) })
  })

  it('AUD-M5 never surprises, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(number, volatility, event, labels, quantiles), (output, facts) => {
        const read = readPrediction(facts, output)
        if (read !== null && 'fault' in read) expect(read.fault.length).toBeLessThan(400)
      }),
    )
  })

  it('is shown in an object that contains itself', () => {
    const round: Record<string, unknown> = {}
    round.self = round
    expect(readPrediction(number, round)).toEqual({ fault: expect.stringContaining('an object that is no JSON') })
  })
})
