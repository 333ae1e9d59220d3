import type { DescField, DescMessage } from '@bufbuild/protobuf'
import { file_emissions_v10_query } from '@starling/protocol/gen/emissions/v10/query_pb'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { entriesOf } from '@starling/protocol/scoring/entriesOf'
import { mergeEntries } from '@starling/protocol/scoring/mergeEntries'
import { describe, expect, it } from 'vitest'
import { getRecord } from '../modules/rewards/view.ts'
import { getStateBytes, putStateBytes } from '../modules/synthesis/view.ts'
import { queries } from './queries.ts'
import { askEmissions } from './testing/askEmissions.ts'
import { openSettledNetwork, type SettledNetwork } from './testing/openSettledNetwork.ts'
import { referenceRules } from './testing/testMessages.ts'

const best = { pay: 'contribution', synthesis: 'tower', intervals: 'conformal' }
const [verified, reference] = [best, referenceRules].map((policy) => openSettledNetwork({ policy }))
if (verified === undefined || reference === undefined) throw new Error('a network is missing')
const newest = verified.settled.at(-1) ?? 0n
const on = { topicId: 1n }

/** Something for every field of the reference's requests about a topic. */
function fill({ workers, forecasters, reputers, delegator }: SettledNetwork, { fields }: DescMessage): object {
  const address = (list: SettledNetwork['workers']) => list[0]?.address ?? ''
  const value = ({ name, scalar }: DescField): unknown => {
    if (name === 'topic_id') return 1n
    if (/block_height|nonce|last_inference/.test(name)) return newest
    if (/delegator/.test(name)) return delegator.address
    if (/reputer/.test(name)) return address(reputers)
    if (/forecaster/.test(name)) return address(forecasters)
    if (/actor_id|inferer|worker|address/.test(name)) return address(workers)
    return scalar === undefined ? undefined : null
  }
  const filled = fields.map((field) => [field.localName, value(field)] as const)
  return Object.fromEntries(filled.filter(([, one]) => one !== undefined && one !== null))
}

const methods = queries
  .filter(
    ({ grpc, request }) => grpc.startsWith('/emissions.') && request.fields.some(({ name }) => name === 'topic_id'),
  )
  .map(({ grpc }) => grpc.slice(grpc.lastIndexOf('/') + 1))

/** The fields of an answer, or its refusal. */
function told(network: SettledNetwork, method: string): unknown {
  const request = file_emissions_v10_query.messages.find(({ name }) => name === `${method}Request`)
  if (request === undefined) throw new Error(`${method} has no request`)
  try {
    return Object.keys(askEmissions(network.chain.application, method as never, fill(network, request) as never))
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

describe('the reference queries of a topic with the rules of verified topics', () => {
  it('there are queries of topics', () => {
    expect(methods.length).toBeGreaterThan(40)
  })

  it.each(methods)('%s answers as it does for a topic of the reference rules', (method) => {
    expect(told(verified, method)).toEqual(told(reference, method))
  })

  it('weights are the shares in the answer', () => {
    const record = getRecord(verified.state, 1n, newest)
    const weightOf = (address: string): string =>
      formatDecimal(record?.weights.find((one) => one.address === address)?.value ?? Number.NaN)
    for (const { address } of verified.workers) {
      const { weight } = askEmissions(verified.chain.application, 'GetLatestInfererWeight', { ...on, actorId: address })
      expect(weight).toBe(weightOf(address))
    }
    for (const { address } of verified.forecasters) {
      const asked = { ...on, actorId: address }
      const { weight } = askEmissions(verified.chain.application, 'GetLatestForecasterWeight', asked)
      expect(weight).toBe(weightOf(address))
    }
  })

  it('a weight below 0 is told as it is', () => {
    const network = openSettledNetwork({ policy: best })
    const { stores, application } = network.chain
    const scoring = decodeScoringState(getStateBytes(stores, 1n) ?? new Uint8Array())
    const [[actorId, inferer] = []] = entriesOf(scoring.inferers)
    if (actorId === undefined || inferer === undefined) throw new Error('nobody is known')
    const inferers = mergeEntries(scoring.inferers, [[actorId, { ...inferer, weight: -0.25 }]])
    putStateBytes(stores, 1n, encodeScoringState({ ...scoring, inferers }))
    network.block()
    expect(askEmissions(application, 'GetLatestInfererWeight', { ...on, actorId }).weight).toBe('-0.25')
  })

  it('the values of an epoch are those of its record, whether it is settled or open', () => {
    const { application } = verified.chain
    for (const nonce of [newest, verified.answered]) {
      const request = { ...on, blockHeightLastInference: nonce }
      const { networkInferences } = askEmissions(application, 'GetNetworkInferencesAtBlock', request)
      const shape = [networkInferences?.infererValues, networkInferences?.oneOutInfererValues].map((one) => one?.length)
      expect([...shape, networkInferences?.forecasterValues.length]).toEqual([3, 3, 2])
      expect(networkInferences?.oneOutForecasterValues).toHaveLength(2)
    }
    const { networkInferences } = askEmissions(application, 'GetNetworkInferencesAtBlock', {
      ...on,
      blockHeightLastInference: newest,
    })
    const network = getRecord(verified.state, 1n, newest)?.network
    expect(networkInferences?.combinedValue.map(({ value }) => value)).toEqual(network?.combined.map(formatDecimal))
    expect(networkInferences?.oneOutInfererValues.map((one) => one.combinedInference[0]?.value)).toEqual(
      network?.oneOutInferers.map(({ values }) => formatDecimal(values[0] ?? Number.NaN)),
    )
  })

  it('inclusions and reward fractions are those of what was paid', () => {
    const { application } = verified.chain
    for (const { address } of verified.workers) {
      const paid = verified.settled.filter((nonce) =>
        getRecord(verified.state, 1n, nonce)?.payouts.some((one) => one.address === address && one.role === 'inferer'),
      )
      const { count } = askEmissions(application, 'GetCountInfererInclusionsInTopic', { ...on, inferer: address })
      expect(count).toBe(BigInt(paid.length))
      const share = getRecord(verified.state, 1n, newest)?.contribution?.inferers.find((one) => one.address === address)
      const asked = { ...on, worker: address }
      const { rewardFraction } = askEmissions(application, 'GetPreviousInferenceRewardFraction', asked)
      expect(rewardFraction).toBe(formatDecimal(share?.share ?? Number.NaN))
    }
  })
})
