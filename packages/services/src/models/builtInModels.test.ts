import { describe, expect, it } from 'vitest'
import { createFeed, type Feed, FIRST_DAY } from '../feed/createFeed.ts'
import type { Day } from '../feed/Day.ts'
import { type FeedTopic, feedTopics } from '../feed/feedTopics.ts'
import { readSp500 } from '../feed/readSp500.ts'
import { builtInModels } from './builtInModels.ts'
import type { ModelInput, ModelOutput } from './types.ts'

const days = readSp500()
const feed = createFeed(days)
const epochs = Array.from({ length: 200 }, (_, i) => Math.floor((i * (feed.epochs - 1)) / 199))

function inputOf(topic: FeedTopic, from: Feed, epoch: number): ModelInput {
  return {
    topic: { id: 1, name: topic.name, unit: topic.unit, loss: topic.loss, labels: topic.labels, domain: topic.domain },
    nonce: epoch,
    deadlineHeight: epoch + 1,
    truths: [],
    data: from.dataFor(topic.name, epoch),
  }
}

function expectLegal(topic: FeedTopic, output: ModelOutput): void {
  if (topic.name === 'trend') {
    const values = output !== null && typeof output === 'object' && 'values' in output ? output.values : {}
    expect(Object.keys(values)).toEqual(topic.labels)
    const numbers = Object.values(values)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0.005)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(0.995)
    expect(numbers.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    return
  }
  const [lowest, highest] = topic.name === 'risk' ? [0.005, 0.995] : [0.0501, 50]
  expect(output).toBeGreaterThanOrEqual(lowest)
  expect(output).toBeLessThanOrEqual(highest)
}

function spoiled(last: number): Day[] {
  return days.map((day, i) => (i <= last ? day : { ...day, open: 1, high: 9, low: 0.5, close: 1 + (i % 2), volume: 1 }))
}

for (const topic of feedTopics) {
  const models = builtInModels[topic.name]
  describe(`models of ${topic.name}`, () => {
    it('are of at least eight families and have names of their own', () => {
      expect(new Set(models.map((model) => model.family)).size).toBeGreaterThanOrEqual(8)
      expect(new Set(models.map((model) => model.name)).size).toBe(models.length)
    })

    it.each(models)('$name answers legally and the same again', ({ predict }) => {
      for (const epoch of epochs) {
        const output = predict(inputOf(topic, feed, epoch))
        expectLegal(topic, output)
        if (epoch % 5 === 0) expect(predict(inputOf(topic, feed, epoch))).toEqual(output)
      }
    })

    it('do not see the future', () => {
      for (const epoch of [0, 777, 2300, feed.epochs - 1]) {
        const other = createFeed(spoiled(FIRST_DAY + epoch))
        for (const { predict } of models) {
          expect(predict(inputOf(topic, other, epoch))).toEqual(predict(inputOf(topic, feed, epoch)))
        }
      }
    })

    it('give the same from JSON', () => {
      const input = inputOf(topic, feed, 123)
      const copy: ModelInput = JSON.parse(JSON.stringify(input))
      for (const { predict } of models) expect(predict(copy)).toEqual(predict(input))
    })

    it('skip an epoch without usable data', () => {
      const needing = models.filter((model) => model.family !== 'constant')
      for (const data of [null, 3, {}, { ...feed.dataFor(topic.name, 0), high: [] }]) {
        for (const { predict } of needing) expect(predict({ ...inputOf(topic, feed, 0), data })).toBeNull()
      }
    })
  })
}

describe('a dead market', () => {
  const still = createFeed(days.map((day) => ({ ...day, open: 10, high: 10, low: 10, close: 10, volume: 0 })))
  it.each(feedTopics)('leaves the models of $name legal', (topic) => {
    for (const { predict } of builtInModels[topic.name]) expectLegal(topic, predict(inputOf(topic, still, 5)))
  })
})
