import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { getRecord } from '../rewards/view.ts'
import { getStateBytes } from './view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, settled } = network
const newest = settled.at(-1) ?? 0n
const on = { topicId: 1n }
const scoring = decodeScoringState(getStateBytes(state, 1n) ?? new Uint8Array())
const [[inferer = '', other = ''] = [], [forecaster = '', second = ''] = []] = [
  network.workers,
  network.forecasters,
].map((list) => list.map(({ address }) => address))
const stranger = network.creator.address
const initial = { blockHeight: 0n, value: formatDecimal(scoring.initialRegret) }
const at = (value: number | null | undefined) => ({
  blockHeight: newest,
  value: formatDecimal(value ?? Number.MIN_VALUE),
})

const regret = (actorId: string) =>
  askEmissions(application, 'GetInfererNetworkRegret', {
    ...on,
    actorId,
  }).regret
const forecasterRegret = (worker: string) =>
  askEmissions(application, 'GetForecasterNetworkRegret', {
    ...on,
    worker,
  }).regret
const naive = (address: string) =>
  askEmissions(application, 'GetNaiveInfererNetworkRegret', {
    ...on,
    inferer: address,
  }).regret
const oneIn = (added: string, address: string) =>
  askEmissions(application, 'GetOneInForecasterNetworkRegret', { ...on, forecaster: added, inferer: address }).regret

describe('SPEC math 8.2 queries about regrets', () => {
  it('own regrets are those of the newest record, of its nonce', () => {
    const recorded = (address: string) =>
      at(getRecord(state, 1n, newest)?.regrets.find((entry) => entry.address === address)?.value)
    expect(regret(inferer)).toMatchObject(recorded(inferer))
    expect(regret(other)).toMatchObject(recorded(other))
    expect(forecasterRegret(forecaster)).toMatchObject(recorded(forecaster))
    expect(regret(inferer)?.value).not.toBe(regret(other)?.value)
  })

  it('naive and one-in regrets are those of the scoring state', () => {
    expect(naive(inferer)).toMatchObject(at(scoring.inferers[inferer]?.naiveRegret))
    expect(oneIn(forecaster, inferer)).toMatchObject(at(scoring.inferers[inferer]?.withForecaster[forecaster]))
    expect(oneIn(forecaster, forecaster)).toMatchObject(at(scoring.forecasters[forecaster]?.withSelf))
  })

  it('one-out regrets are by who is withheld and whose regret it is', () => {
    const answers = [
      askEmissions(application, 'GetOneOutInfererInfererNetworkRegret', { ...on, oneOutInferer: other, inferer })
        .regret,
      askEmissions(application, 'GetOneOutInfererForecasterNetworkRegret', { ...on, oneOutInferer: other, forecaster })
        .regret,
      askEmissions(application, 'GetOneOutForecasterInfererNetworkRegret', { ...on, oneOutForecaster: second, inferer })
        .regret,
      askEmissions(application, 'GetOneOutForecasterForecasterNetworkRegret', {
        ...on,
        oneOutForecaster: second,
        forecaster,
      }).regret,
    ]
    expect(answers).toMatchObject([
      at(scoring.inferers[inferer]?.withoutInferer[other]),
      at(scoring.forecasters[forecaster]?.withoutInferer[other]),
      at(scoring.inferers[inferer]?.withoutForecaster[second]),
      at(scoring.forecasters[forecaster]?.withoutForecaster[second]),
    ])
  })

  it('who has no such regret is counted with the initial one, of block 0', () => {
    expect(scoring.initialRegret).not.toBe(0)
    for (const answer of [
      regret(stranger),
      regret(forecaster),
      forecasterRegret(inferer),
      naive(stranger),
      oneIn(stranger, inferer),
      oneIn(forecaster, stranger),
    ])
      expect(answer).toMatchObject(initial)
  })
})
