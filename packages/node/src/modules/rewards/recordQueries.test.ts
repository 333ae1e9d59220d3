import { create } from '@bufbuild/protobuf'
import type { LabeledValue } from '@starling/protocol/gen/emissions/v10/types_pb'
import { EpochCountsSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { attest, openTestTopic } from '../../app/testing/openTestTopic.ts'
import { messages } from '../../app/testing/testMessages.ts'
import { getOpenEpoch, getSubmissions } from '../epochs/view.ts'
import { getAnswer } from '../synthesis/view.ts'
import { deleteRecord, getEpochCounts, getRecord, setEpochCounts } from './view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, settled, voided, contested, answered, open } = network
const newest = settled.at(-1) ?? 0n

const inferences = (blockHeight: bigint) =>
  askEmissions(application, 'GetInferencesAtBlock', {
    topicId: 1n,
    blockHeight,
  }).inferences?.inferences
const forecasts = (blockHeight: bigint) =>
  askEmissions(application, 'GetForecastsAtBlock', {
    topicId: 1n,
    blockHeight,
  }).forecasts?.forecasts
const networkAt = (blockHeightLastInference: bigint) =>
  askEmissions(application, 'GetNetworkInferencesAtBlock', {
    topicId: 1n,
    blockHeightLastInference,
  }).networkInferences
const latest = () =>
  askEmissions(application, 'GetLatestNetworkInferences', {
    topicId: 1n,
  })
const losses = (blockHeight: bigint) =>
  askEmissions(application, 'GetNetworkLossBundleAtBlock', {
    topicId: 1n,
    blockHeight,
  }).lossBundle

const numbers = (values: readonly LabeledValue[] | undefined): readonly number[] | undefined =>
  values?.map(({ value }) => Number(value))

describe('SPEC wire 1.5 queries about the work of an epoch', () => {
  it('inferences and forecasts of a settled epoch are those of its record', () => {
    const record = getRecord(state, 1n, newest)
    expect(inferences(newest)?.map(({ inferer, values }) => [inferer, values.map(Number)])).toEqual(
      record?.inferences.map(({ worker, values }) => [worker, values]),
    )
    expect(inferences(newest)?.[0]).toMatchObject({ topicId: 1n, blockHeight: newest, extraData: new Uint8Array() })
    const elementsOf = forecasts(newest)?.map(({ forecaster, forecastElements }) => [
      forecaster,
      forecastElements.map(({ inferer, value }) => [inferer, Number(value)]),
    ])
    expect(elementsOf).toEqual(
      record?.forecasts.map(({ forecaster, elements }) => [
        forecaster,
        elements.map(({ inferer, value }) => [inferer, value]),
      ]),
    )
  })

  it('those of an answered epoch are what its active sets submitted', () => {
    const work = getSubmissions(state, { topicId: 1n, nonce: answered })
    expect(inferences(answered)?.map(({ inferer }) => inferer)).toEqual(work.inferences.map(({ worker }) => worker))
    expect(forecasts(answered)?.map((one) => one.forecaster)).toEqual(work.forecasts.map((one) => one.forecaster))
    expect(inferences(answered)).toHaveLength(3)
  })

  it('those of an open window are not told before it closes', () => {
    const closes = getOpenEpoch(state, 1n, open)?.workerClose
    expect(() => inferences(open)).toThrow(
      `NotFound desc = the worker window of nonce ${open} is open until block ${closes}`,
    )
    expect(() => forecasts(open)).toThrow('ask again then')
  })

  it('an epoch without inferences has an empty list, an unknown one is not found', () => {
    expect(inferences(voided)).toEqual([])
    expect(() => inferences(newest + 1n)).toThrow(`NotFound desc = topic 1 has no record of an epoch ${newest + 1n}`)
  })

  it('the latest inferences are those of the newest answer', () => {
    const answer = askEmissions(application, 'GetLatestTopicInferences', { topicId: 1n })
    expect(answer.blockHeight).toBe(answered)
    expect(answer.inferences?.inferences).toEqual(inferences(answered))
  })
})

describe('SPEC wire 1.3 network inferences', () => {
  it.each([newest, contested])('of the closed epoch %d are those of its record, its answer first', (nonce) => {
    const record = getRecord(state, 1n, nonce)?.network
    const bundle = networkAt(nonce)
    const answer = getAnswer(state, 1n, nonce)
    expect(bundle).toMatchObject({ topicId: 1n, nonce })
    expect(bundle?.combinedValue).toMatchObject([{ labelId: 1, labelName: 'y', value: String(answer?.values[0]) }])
    expect(numbers(bundle?.naiveValue)).toEqual(answer?.naive)
    expect(bundle?.infererValues.map(({ worker, values }) => [worker, numbers(values)])).toEqual(
      record?.inferers.map(({ worker, values }) => [worker, values]),
    )
    expect(bundle?.forecasterValues.map(({ worker, values }) => [worker, numbers(values)])).toEqual(
      record?.forecasters.map(({ worker, values }) => [worker, values]),
    )
    expect(bundle?.oneOutInfererValues.map((one) => [one.withheldInferer, numbers(one.combinedInference)])).toEqual(
      record?.oneOutInferers.map(({ worker, values }) => [worker, values]),
    )
    expect(
      bundle?.oneOutForecasterValues.map((one) => [one.withheldForecaster, numbers(one.combinedInference)]),
    ).toEqual(record?.oneOutForecasters.map(({ worker, values }) => [worker, values]))
    expect(bundle?.oneInForecasterValues.map((one) => [one.forecaster, numbers(one.combinedInference)])).toEqual(
      record?.oneInForecasters.map(({ worker, values }) => [worker, values]),
    )
    expect(
      bundle?.oneOutInfererForecasterValues.map((one) => [
        one.forecaster,
        one.withheldInferer,
        numbers(one.combinedInference),
      ]),
    ).toEqual(
      record?.oneOutInfererForecasters.map(({ forecaster, withheldInferer, values }) => [
        forecaster,
        withheldInferer,
        values,
      ]),
    )
    expect(bundle?.oneOutInfererForecasterValues.length).toBeGreaterThan(0)
  })

  it('of an answered epoch are what its record says once it is settled', () => {
    const busy = openSettledNetwork()
    const before = askEmissions(busy.chain.application, 'GetNetworkInferencesAtBlock', {
      topicId: 1n,
      blockHeightLastInference: busy.answered,
    })
    expect(before.networkInferences?.oneOutInfererValues).toHaveLength(3)
    expect(getRecord(busy.state, 1n, busy.answered)).toBeUndefined()
    busy.mineTo(busy.answered + 10n)
    expect(getRecord(busy.state, 1n, busy.answered)?.status).toBe('settled')
    const after = askEmissions(busy.chain.application, 'GetNetworkInferencesAtBlock', {
      topicId: 1n,
      blockHeightLastInference: busy.answered,
    })
    expect(after).toEqual(before)
  })

  it('the latest ones are those of the newest answer', () => {
    expect(latest().inferenceBlockHeight).toBe(answered)
    expect(latest().networkInferences).toEqual(networkAt(answered))
  })

  it('are not there without an answer, as clients dereference them', () => {
    for (const nonce of [voided, open, newest + 1n])
      expect(() => networkAt(nonce)).toThrow(`NotFound desc = topic 1 has no answer for nonce ${nonce}`)
    const fresh = openTestTopic().chain.application
    expect(() => askEmissions(fresh, 'GetLatestNetworkInferences', { topicId: 1n })).toThrow(
      'NotFound desc = topic 1 has no answer yet',
    )
  })

  it('of a forgotten record are the published answer alone', () => {
    const old = openSettledNetwork()
    const nonce = old.settled[0] ?? 0n
    deleteRecord(old.chain.stores, 1n, nonce)
    const counts = getEpochCounts(old.state, 1n)
    setEpochCounts(old.chain.stores, 1n, create(EpochCountsSchema, { ...counts, kept: counts.kept - 1n }))
    old.block()
    const { networkInferences } = askEmissions(old.chain.application, 'GetNetworkInferencesAtBlock', {
      topicId: 1n,
      blockHeightLastInference: nonce,
    })
    expect(numbers(networkInferences?.combinedValue)).toEqual(getAnswer(old.state, 1n, nonce)?.values)
    expect(networkInferences?.infererValues).toEqual([])
  })

  it('of labels carry the labels in the topic’s order, numbered from 1', () => {
    const policy = {
      loss: 'cross-entropy',
      labels: ['down', 'flat', 'up'],
      domainLowest: '',
      domainHighest: '',
      tolerance: '',
    }
    const topic = openTestTopic({ policy })
    topic.mustBlock(
      ...topic.workers.map(
        (worker, i) =>
          [
            worker,
            messages.inferLabels(worker, 1n, topic.first, {
              up: '0.2',
              down: String(0.3 + i / 10),
              flat: String(0.5 - i / 10),
            }),
          ] as const,
      ),
    )
    topic.mineTo(topic.first + 3n)
    const { networkInferences } = askEmissions(topic.chain.application, 'GetLatestNetworkInferences', { topicId: 1n })
    expect(networkInferences?.combinedValue.map(({ labelId, labelName }) => [labelId, labelName])).toEqual([
      [1, 'down'],
      [2, 'flat'],
      [3, 'up'],
    ])
    expect(numbers(networkInferences?.combinedValue)).toEqual(getAnswer(topic.chain.stores, 1n, topic.first)?.values)
    expect(networkInferences?.infererValues[0]?.values.map(({ value }) => value)).toEqual(['0.3', '0.5', '0.2'])
  })
})

describe('SPEC wire 1.5 the loss bundle', () => {
  it('holds the losses of the record on the scale of regrets, and is no reputer’s', () => {
    const record = getRecord(state, 1n, newest)?.logLosses
    const bundle = losses(newest)
    expect(bundle).toMatchObject({
      topicId: 1n,
      reputer: '',
      reputerRequestNonce: { reputerNonce: { blockHeight: newest } },
    })
    expect([Number(bundle?.combinedValue), Number(bundle?.naiveValue)]).toEqual([record?.combined, record?.naive])
    const lists = [
      [bundle?.infererValues, record?.inferers],
      [bundle?.forecasterValues, record?.forecasters],
      [bundle?.oneOutInfererValues, record?.oneOutInferers],
      [bundle?.oneOutForecasterValues, record?.oneOutForecasters],
      [bundle?.oneInForecasterValues, record?.oneInForecasters],
    ] as const
    for (const [got, expected] of lists) {
      expect(got?.map(({ worker, value }) => [worker, Number(value)])).toEqual(
        expected?.map(({ address, value }) => [address, value]),
      )
      expect(got?.length).toBeGreaterThan(0)
    }
    const cells = bundle?.oneOutInfererForecasterValues.flatMap(({ forecaster, oneOutInfererValues }) =>
      oneOutInfererValues.map(({ worker, value }) => [forecaster, worker, Number(value)]),
    )
    expect(cells).toEqual(
      record?.oneOutInfererForecasters.map(({ forecaster, withheldInferer, loss }) => [
        forecaster,
        withheldInferer,
        loss,
      ]),
    )
    expect(bundle?.oneOutInfererForecasterValues).toHaveLength(2)
  })

  it('of an epoch that is not settled is not there, with the reason', () => {
    expect(() => losses(voided)).toThrow(`epoch ${voided} of topic 1 has no losses: it is void, no inference`)
    expect(() => losses(contested)).toThrow(
      `has no losses: it is contested, ${getRecord(state, 1n, contested)?.reason}`,
    )
    expect(() => losses(answered)).toThrow(`it is settled at block ${answered + 10n}`)
  })

  it('of a topic with one worker has its loss', () => {
    const topic = openTestTopic({ workers: 1 })
    const [worker] = topic.workers
    if (worker === undefined) throw new Error('no worker')
    topic.mustBlock([worker, messages.infer(worker, 1n, topic.first, '21')])
    attest(topic, topic.first, ['20', '20', '20'])
    const { lossBundle } = askEmissions(topic.chain.application, 'GetNetworkLossBundleAtBlock', {
      topicId: 1n,
      blockHeight: topic.first,
    })
    // log10 of a squared distance of 1.
    expect(Number(lossBundle?.combinedValue)).toBeCloseTo(0, 9)
    expect(lossBundle?.oneOutInfererForecasterValues).toEqual([])
  })
})
