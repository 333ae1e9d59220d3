import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { openTestTopic } from '../../app/testing/openTestTopic.ts'
import { getRecord } from '../rewards/view.ts'
import { getStateBytes, putStateBytes } from './view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, settled } = network
const on = { topicId: 1n }
const scoring = decodeScoringState(getStateBytes(state, 1n) ?? new Uint8Array())
const record = getRecord(state, 1n, settled.at(-1) ?? 0n)
const [workers, forecasters, reputers] = [network.workers, network.forecasters, network.reputers].map((list) =>
  list.map(({ address }) => address),
)
if (workers === undefined || forecasters === undefined || reputers === undefined) throw new Error('nobody is there')
const stranger = network.creator.address

const infererWeight = (actorId: string): string =>
  askEmissions(application, 'GetLatestInfererWeight', {
    ...on,
    actorId,
  }).weight
const forecasterWeight = (actorId: string): string =>
  askEmissions(application, 'GetLatestForecasterWeight', {
    ...on,
    actorId,
  }).weight
const infererFraction = (worker: string) =>
  askEmissions(application, 'GetPreviousInferenceRewardFraction', { ...on, worker })
const forecasterFraction = (worker: string) =>
  askEmissions(application, 'GetPreviousForecastRewardFraction', { ...on, worker })
const reputerFraction = (reputer: string) =>
  askEmissions(application, 'GetPreviousReputerRewardFraction', { ...on, reputer })

describe('SPEC wire 1.5 queries about what the scoring remembers', () => {
  it('weights are those of the newest record, and 0 for whoever is unknown', () => {
    const weightOf = (address: string): string =>
      formatDecimal(record?.weights.find((entry) => entry.address === address)?.value ?? Number.MIN_VALUE)
    expect(workers.map(infererWeight)).toEqual(workers.map(weightOf))
    expect(forecasters.map(forecasterWeight)).toEqual(forecasters.map(weightOf))
    expect([infererWeight(stranger), forecasterWeight(stranger), forecasterWeight(workers[0] ?? '')]).toEqual([
      '0',
      '0',
      '0',
    ])
  })

  it('the regret scale is the stored one', () => {
    expect(askEmissions(application, 'GetLatestRegretStdNorm', on).value).toBe(formatDecimal(scoring.regretScale))
    expect(scoring.regretScale).toBeGreaterThan(0)
  })

  it('every reputer is listened to in full, as attested truth goes by stake', () => {
    for (const reputer of [...reputers, stranger]) {
      const { listeningCoefficient } = askEmissions(application, 'GetListeningCoefficient', { ...on, reputer })
      expect(listeningCoefficient?.coefficient).toBe('1')
    }
  })

  it('inclusions count the settled epochs that paid', () => {
    const paid = (address: string, role: string): bigint =>
      BigInt(
        settled.filter((nonce) =>
          getRecord(state, 1n, nonce)?.payouts.some((payout) => payout.address === address && payout.role === role),
        ).length,
      )
    const inferences = [...workers, stranger].map(
      (inferer) => askEmissions(application, 'GetCountInfererInclusionsInTopic', { ...on, inferer }).count,
    )
    const forecasts = [...forecasters, stranger].map(
      (forecaster) => askEmissions(application, 'GetCountForecasterInclusionsInTopic', { ...on, forecaster }).count,
    )
    expect(inferences).toEqual([...workers, stranger].map((address) => paid(address, 'inferer')))
    expect(forecasts).toEqual([...forecasters, stranger].map((address) => paid(address, 'forecaster')))
    expect(inferences[0]).toBeGreaterThan(0n)
  })

  it('reward fractions are the smoothed ones, or said not to be there', () => {
    const known = (fraction: number | null | undefined) => ({
      rewardFraction: formatDecimal(fraction ?? Number.MIN_VALUE),
      notFound: false,
    })
    for (const worker of workers)
      expect(infererFraction(worker)).toMatchObject(known(scoring.inferers[worker]?.rewardFraction))
    for (const worker of forecasters)
      expect(forecasterFraction(worker)).toMatchObject(known(scoring.forecasters[worker]?.rewardFraction))
    for (const reputer of reputers)
      expect(reputerFraction(reputer)).toMatchObject(known(scoring.reputers[reputer]?.rewardFraction))
    for (const answer of [infererFraction(stranger), forecasterFraction(stranger), reputerFraction(stranger)])
      expect(answer).toMatchObject({ rewardFraction: '0', notFound: true })
  })

  it('a topic without a settled epoch knows nobody', () => {
    const topic = openTestTopic()
    const fresh = topic.chain.application
    expect(askEmissions(fresh, 'GetLatestRegretStdNorm', on).value).toBe('0')
    const weight = askEmissions(fresh, 'GetLatestInfererWeight', {
      ...on,
      actorId: topic.workers[0]?.address ?? '',
    })
    expect(weight.weight).toBe('0')
  })

  it('a damaged scoring state of one topic is said to be damaged, and is no failure of the node', () => {
    const topic = openTestTopic()
    putStateBytes(topic.chain.stores, 1n, Uint8Array.of(0xff, 0xff))
    topic.block()
    const ask = () => askEmissions(topic.chain.application, 'GetLatestRegretStdNorm', on)
    expect(ask).toThrow(
      /^rpc error: code = FailedPrecondition desc = what the topic's scoring remembers cannot be read/,
    )
    expect(askEmissions(topic.chain.application, 'GetTopic', on).topic?.id).toBe(1n)
  })
})
