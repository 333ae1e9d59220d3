import { toBinary } from '@bufbuild/protobuf'
import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork, type SettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { openTestTopic, predict } from '../../app/testing/openTestTopic.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { messages } from '../../app/testing/testMessages.ts'
import type { TestNetwork } from '../../app/testing/testNetwork.ts'
import { getOpenEpoch } from './view.ts'

const on = { topicId: 1n }
const asker = ({ chain: { application } }: Pick<TestNetwork, 'chain'>) => ({
  work: () => askEmissions(application, 'GetUnfulfilledWorkerNonces', on),
  truth: () => askEmissions(application, 'GetUnfulfilledReputerNonces', on),
  isWork: (blockHeight: bigint): boolean =>
    askEmissions(application, 'IsWorkerNonceUnfulfilled', {
      ...on,
      blockHeight,
    }).isWorkerNonceUnfulfilled,
  isTruth: (blockHeight: bigint): boolean =>
    askEmissions(application, 'IsReputerNonceUnfulfilled', {
      ...on,
      blockHeight,
    }).isReputerNonceUnfulfilled,
  openWork: () => askEmissions(application, 'GetOpenWorkerSubmissionWindows', on),
  openTruth: () => askEmissions(application, 'GetOpenReputerSubmissionWindows', on),
  workStatus: (address = '') => askEmissions(application, 'GetWorkerSubmissionWindowStatus', { ...on, address }),
  truthStatus: (address = '') => askEmissions(application, 'GetReputerSubmissionWindowStatus', { ...on, address }),
})

type Asker = ReturnType<typeof asker>
const workNonces = (ask: Asker): readonly bigint[] => ask.work().nonces?.nonces.map((n) => n.blockHeight) ?? [-1n]
const truthNonces = (ask: Asker): readonly bigint[] =>
  ask.truth().nonces?.nonces.map((n) => n.reputerNonce?.blockHeight ?? -1n) ?? [-1n]
const truthWindows = (ask: Asker): readonly bigint[] =>
  ask.openTruth().nonces?.nonces.map((n) => n.reputerNonce?.blockHeight ?? -1n) ?? [-1n]

describe('SPEC wire 1.5 nonces, seen at every block', () => {
  it('a worker nonce is unfulfilled exactly while the next block takes work for it', () => {
    const topic = openTestTopic({ epochLength: 10n, workerSubmissionWindow: 4n, workers: 4 })
    const ask = asker(topic)
    const { first, workers } = topic
    for (const worker of workers) {
      expect(workNonces(ask)).toEqual([first])
      expect(ask.isWork(first)).toBe(true)
      expect(ask.openWork().nonces?.nonces).toEqual(ask.work().nonces?.nonces)
      topic.mustBlock([worker, messages.infer(worker, 1n, first, '20')])
    }
    expect(topic.height()).toBe(getOpenEpoch(topic.chain.stores, 1n, first)?.workerClose)
    expect(workNonces(ask)).toEqual([])
    expect(ask.isWork(first)).toBe(false)
  })

  it('a reputer nonce is unfulfilled from the answer to the settlement, its window open for the truth window', () => {
    const topic = openTestTopic({ epochLength: 10n, groundTruthLag: 20n, workerSubmissionWindow: 4n })
    const ask = asker(topic)
    const { first } = topic
    predict(topic, first, ['20', '21', '22'])
    const seen: [bigint, boolean, boolean][] = []
    while (topic.height() < first + 31n) {
      const isOpen = truthWindows(ask).includes(first)
      expect(truthNonces(ask).includes(first)).toBe(ask.isTruth(first))
      seen.push([topic.height() - first, ask.isTruth(first), isOpen])
      topic.block()
    }
    const of = (flag: 1 | 2): readonly bigint[] => seen.filter((row) => row[flag]).map(([at]) => at)
    const range = (from: number, to: number): readonly bigint[] =>
      Array.from({ length: to - from + 1 }, (_, i) => BigInt(from + i))
    expect(of(1)).toEqual(range(4, 29))
    // Blocks first+21 … first+30 take the truth, so the ones before each of them say so.
    expect(of(2)).toEqual(range(20, 29))
  })

  it('an epoch without an answer asks no reputer', () => {
    const topic = openTestTopic()
    topic.mineTo(topic.first + 5n)
    const ask = asker(topic)
    expect(truthNonces(ask)).toEqual([])
    expect(ask.isTruth(topic.first)).toBe(false)
    expect(ask.truthStatus().isOpen).toBe(false)
  })

  it('nonces come newest first', () => {
    const topic = openTestTopic({ groundTruthLag: 15n })
    const nonces: bigint[] = []
    for (let i = 0n; i < 3n; i++) {
      const nonce = topic.first + i * 5n
      predict(topic, nonce, ['20', '21', '22'])
      topic.mineTo(nonce + 5n)
      nonces.unshift(nonce)
    }
    expect(truthNonces(asker(topic))).toEqual(nonces)
  })

  it('`nonces` is on the wire even when there are none, as clients dereference it', () => {
    const ask = asker(openTestTopic({ workers: 0 }))
    expect(Buffer.from(toBinary(q.GetUnfulfilledReputerNoncesResponseSchema, ask.truth())).toString('hex')).toBe('0a00')
    const topic = openTestTopic()
    topic.mineTo(topic.first + 3n)
    const empty = toBinary(q.GetUnfulfilledWorkerNoncesResponseSchema, asker(topic).work())
    expect(Buffer.from(empty).toString('hex')).toBe('0a00')
  })
})

describe('SPEC wire 1.5 the status of a window', () => {
  const network: SettledNetwork = openSettledNetwork()
  const ask = asker(network)
  const { open, answered, state } = network
  const [worker, reputer] = [network.workers[0]?.address, network.reputers[0]?.address]

  it('names the window of now and the one after it', () => {
    const now = getOpenEpoch(state, 1n, open)
    const truth = getOpenEpoch(state, 1n, answered)
    expect(ask.workStatus()).toMatchObject({
      isOpen: true,
      currentNonceBlockHeight: open,
      windowStartBlock: now?.workerOpen,
      windowEndBlock: now?.workerClose,
      nextWindowStartBlock: open + 6n,
      nextWindowEndBlock: open + 8n,
      isTopicActive: true,
    })
    expect(ask.truthStatus()).toMatchObject({
      isOpen: true,
      currentNonceBlockHeight: answered,
      windowStartBlock: truth?.truthOpen,
      windowEndBlock: truth?.truthClose,
      nextWindowStartBlock: now?.truthOpen,
      nextWindowEndBlock: now?.truthClose,
      isTopicActive: true,
    })
  })

  it('tells who is registered in the role; without an address nobody is', () => {
    expect(ask.workStatus(worker)).toMatchObject({ isRegistered: true, isWhitelisted: true })
    expect(ask.workStatus(reputer)).toMatchObject({ isRegistered: false, isWhitelisted: true })
    expect(ask.truthStatus(reputer)).toMatchObject({ isRegistered: true, isWhitelisted: true })
    expect(ask.truthStatus()).toMatchObject({ isRegistered: false, isWhitelisted: false })
  })

  it('of a closed window and of an inactive topic has zeros', () => {
    const topic = openTestTopic({ others: [testActor('poor')] })
    topic.mineTo(topic.first + 3n)
    expect(asker(topic).workStatus()).toMatchObject({
      isOpen: false,
      currentNonceBlockHeight: 0n,
      windowStartBlock: 0n,
      windowEndBlock: 0n,
      nextWindowStartBlock: topic.first + 6n,
    })
    topic.mustBlock([topic.creator, messages.createTopic(topic.creator)])
    const { application } = topic.chain
    const idle = askEmissions(application, 'GetReputerSubmissionWindowStatus', { topicId: 2n })
    expect(idle).toMatchObject({
      isOpen: false,
      nextWindowStartBlock: 0n,
      nextWindowEndBlock: 0n,
      isTopicActive: false,
    })
  })
})
