import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { openTestTopic, predict } from '../../app/testing/openTestTopic.ts'
import { getInitialMerit, getMerit, getQuantile, listActive } from './view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, open, answered } = network
const stranger = network.creator.address
const on = { topicId: 1n }

describe('SPEC wire 1.5 queries about merits', () => {
  it('score EMAs are the stored merits', () => {
    const [inferer] = network.workers
    const [forecaster] = network.forecasters
    const [reputer] = network.reputers
    if (inferer === undefined || forecaster === undefined || reputer === undefined) throw new Error('nobody')
    const answers = [
      askEmissions(application, 'GetInfererScoreEma', {
        ...on,
        inferer: inferer.address,
      }).score,
      askEmissions(application, 'GetForecasterScoreEma', {
        ...on,
        forecaster: forecaster.address,
      }).score,
      askEmissions(application, 'GetReputerScoreEma', {
        ...on,
        reputer: reputer.address,
      }).score,
    ]
    expect(answers).toEqual([
      getMerit(state, 'inferer', 1n, inferer.address),
      getMerit(state, 'forecaster', 1n, forecaster.address),
      getMerit(state, 'reputer', 1n, reputer.address),
    ])
    for (const merit of answers) expect(merit).toBeDefined()
  })

  it('who never submitted has the merit of newcomers, of block 0', () => {
    const { score } = askEmissions(application, 'GetInfererScoreEma', {
      ...on,
      inferer: stranger,
    })
    expect(score).toMatchObject({
      topicId: 1n,
      blockHeight: 0n,
      address: stranger,
      score: formatDecimal(getInitialMerit(state, 'inferer', 1n)),
    })
  })

  it('quantiles and initial merits are those of the state, by role', () => {
    const quantiles = [
      askEmissions(application, 'GetPreviousTopicQuantileInfererScoreEma', on).value,
      askEmissions(application, 'GetPreviousTopicQuantileForecasterScoreEma', on).value,
      askEmissions(application, 'GetPreviousTopicQuantileReputerScoreEma', on).value,
    ]
    const initial = [
      askEmissions(application, 'GetTopicInitialInfererEmaScore', on).score,
      askEmissions(application, 'GetTopicInitialForecasterEmaScore', on).score,
      askEmissions(application, 'GetTopicInitialReputerEmaScore', on).score,
    ]
    const roles: readonly SubmitterRole[] = ['inferer', 'forecaster', 'reputer']
    expect(quantiles).toEqual(roles.map((role) => formatDecimal(getQuantile(state, role, 1n))))
    expect(initial).toEqual(roles.map((role) => formatDecimal(getInitialMerit(state, role, 1n))))
    expect(new Set([...quantiles, ...initial]).size).toBeGreaterThan(3)
  })

  it('the lowest score is the least merit in the active set that is being filled', () => {
    const lowest = [
      askEmissions(application, 'GetCurrentLowestInfererScore', on).score,
      askEmissions(application, 'GetCurrentLowestForecasterScore', on).score,
      askEmissions(application, 'GetCurrentLowestReputerScore', on).score,
    ]
    const roles = [
      ['inferer', open, 2],
      ['forecaster', open, 1],
      ['reputer', answered, 2],
    ] as const
    for (const [i, [role, nonce, members]] of roles.entries()) {
      const active = listActive(state, role, 1n, nonce)
      expect(active).toHaveLength(members)
      const merits = active.map((address) => readDecimal(getMerit(state, role, 1n, address)?.score ?? ''))
      expect(readDecimal(lowest[i]?.score ?? '')).toBe(Math.min(...merits))
      expect(active).toContain(lowest[i]?.address)
    }
  })

  it('of equals the highest address is the lowest, as it leaves first; an empty set has none', () => {
    const topic = openTestTopic()
    const lowest = () => askEmissions(topic.chain.application, 'GetCurrentLowestInfererScore', on).score?.address
    expect(lowest).toThrow('NotFound desc = no inferer of topic 1 has submitted now')
    predict(topic, topic.first, ['20', '21', '22'])
    expect(lowest()).toBe(topic.workers.at(-1)?.address)
  })
})
