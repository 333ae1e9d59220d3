import { create } from '@bufbuild/protobuf'
import { ContributionSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { expect, it } from 'vitest'
import { toRungs } from './rungs.ts'

const policy = squaredPolicy
const first = makeRecord(policy, 5n, 10, { a: [11], b: [13] }, { combined: [12], rewards: { a: 7n } })
const second = makeRecord(policy, 10n, 10, { b: [12], c: [10] }, { combined: [11] })

it('has the ways to answer and every worker, least loss first, each on its own epochs', () => {
  const rungs = toRungs({ policy }, [first, second])
  expect(rungs.map(({ name, loss }) => [name, loss])).toEqual([
    ['c', 0],
    ['a', 1],
    ['the network', 2.5],
    ['plain mean', 2.5],
    ['median', 2.5],
    ['b', 6.5],
  ])
  expect(rungs.find(({ name }) => name === 'a')).toMatchObject({ network: 4, epochs: 1, uptime: 0.5, reward: 7n })
})

it('names as best in hindsight who was there in nine of ten epochs', () => {
  expect(toRungs({ policy }, [first, second]).filter(({ best }) => best)).toMatchObject([{ name: 'b' }])
})

it('has what contribution pay found, as means over the epochs that it judged', () => {
  const judge = (skill: number, weight: number, share: number) =>
    create(ContributionSchema, { inferers: [{ address: 'b', skill, weight, share }] })
  const rungs = toRungs({ policy }, [
    { ...first, contribution: judge(1, 0.5, 0.25) },
    { ...second, contribution: judge(3, 0.25, 0.75) },
  ])
  const found = (name: string) => rungs.find((rung) => rung.name === name)?.contribution
  expect(found('b')).toEqual({ skill: 2, weight: 0.375, share: 0.5 })
  expect(found('a')).toBeUndefined()
})

it('is empty where nothing has settled', () => {
  expect(toRungs({ policy }, [])).toEqual([])
})
