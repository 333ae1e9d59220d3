import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { GetTallyResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { toRungs } from './rungs.ts'

const tally = (sums: MessageInitShape<typeof GetTallyResponseSchema>) => create(GetTallyResponseSchema, sums)
const judged = { judged: 1n, skill: 1, weightInPay: 0.5, share: 0.25 }
const first = tally({
  ...{ epochs: 1n, networkLoss: 4, meanLoss: 4, medianLoss: 5 },
  workers: [
    { address: 'a', epochs: 1n, loss: 1, networkLoss: 4, weight: 0.5, reward: '7' },
    { address: 'b', epochs: 1n, loss: 9, networkLoss: 4, weight: 0.5, reward: '0', ...judged },
  ],
})
const second = tally({
  ...{ epochs: 1n, networkLoss: 1, meanLoss: 1, medianLoss: 2 },
  workers: [
    { address: 'b', epochs: 1n, loss: 4, networkLoss: 1, weight: 0.25, reward: '5', ...judged, skill: 3 },
    { address: 'c', epochs: 1n, loss: 0, networkLoss: 1, weight: 0.75, reward: '0' },
  ],
})

it('has the ways to answer and every worker, least loss first, each on its own epochs', () => {
  const rungs = toRungs([first, second])
  expect(rungs.map(({ name, loss }) => [name, loss])).toEqual([
    ['c', 0],
    ['a', 1],
    ['the network', 2.5],
    ['plain mean', 2.5],
    ['median', 3.5],
    ['b', 6.5],
  ])
  const found = (name: string) => rungs.find((rung) => rung.name === name)
  expect(found('a')).toMatchObject({ network: 4, epochs: 1, uptime: 0.5, reward: 7n, contribution: undefined })
  expect(found('b')).toMatchObject({ network: 2.5, epochs: 2, uptime: 1, weight: 0.375, reward: 5n })
})

it('names as best in hindsight who was there in nine of ten epochs', () => {
  expect(toRungs([first, second]).filter(({ best }) => best)).toMatchObject([{ name: 'b' }])
})

it('has what contribution pay found, as means over the epochs that it judged', () => {
  const found = toRungs([first, second]).find(({ name }) => name === 'b')
  expect(found?.contribution).toEqual({ skill: 2, weight: 0.5, share: 0.25 })
})

it('is empty where nothing has settled', () => {
  expect(toRungs([])).toEqual([])
  expect(toRungs([tally({ last: 5n })])).toEqual([])
})
