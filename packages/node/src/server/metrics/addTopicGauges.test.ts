import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { getLatestAnswer } from '../../modules/synthesis/view.ts'
import { addTopicGauges } from './addTopicGauges.ts'

const samplesOf = async (registry: Registry): Promise<readonly string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))

it('tells coverage and e-value of each topic as its newest answer does', async () => {
  const best = { pay: 'contribution', synthesis: 'tower', intervals: 'conformal' }
  const { chain, state } = openSettledNetwork({ policy: best })
  const registry = new Registry()
  addTopicGauges(registry, chain.application)
  const answer = getLatestAnswer(state, 1n)
  const held = answer?.intervals.map(
    ({ level, coverage }) =>
      `starling_coverage{topic="1",level="${level}"} ${Number(coverage?.hits) / Number(coverage?.epochs)}`,
  )
  expect(await samplesOf(registry)).toEqual([
    ...(held ?? []),
    `starling_coverage_epochs{topic="1"} ${answer?.intervals[0]?.coverage?.epochs}`,
    `starling_edge_e_value{topic="1"} ${answer?.edge?.eValue}`,
  ])
  expect(held).toHaveLength(3)
})

it('has none for topics of the reference rules', async () => {
  const registry = new Registry()
  addTopicGauges(registry, openSettledNetwork().chain.application)
  expect(await samplesOf(registry)).toEqual([])
})
