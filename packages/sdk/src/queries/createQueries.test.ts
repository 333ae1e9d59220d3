import { create, type DescMessage, type MessageInitShape, toJson } from '@bufbuild/protobuf'
import * as schemas from '@starling/protocol/gen/starling/v1/query_pb'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestBench } from '../testing/createTestBench.ts'
import { failureOf } from '../testing/failureOf.ts'
import type { Client } from '../types.ts'
import { walletFromSeed } from '../wallet/walletFromSeed.ts'

const bench = createTestBench()
afterEach(bench.close)

/** A client of a node that answers one path with a message in proto JSON, as nodes print it. */
async function asking<S extends DescMessage>(path: string, schema: S, value: MessageInitShape<S>): Promise<Client> {
  const node = await bench.node()
  const json = toJson(schema, create(schema, value), { useProtoFieldName: true, alwaysEmitImplicit: true })
  node.answer(path, { ...(json as object), added_later: 1 })
  return bench.client(node)
}

const who = walletFromSeed('1', 'who').address
const loss = { nonce: 3n, combined: 0.5, naive: Number.POSITIVE_INFINITY }
const T = '/starling/v1/topics'

describe('queries', () => {
  it('reads topics and one topic', async () => {
    const topics = [{ stake: '12', newestNonce: 9n, topic: { name: 'risk', base: { id: 7n } } }]
    const all = await asking(`${T}?after=2&limit=5`, schemas.GetTopicsResponseSchema, { topics })
    expect(await all.topicsUnverified({ after: 2n, limit: 5 })).toMatchObject(topics)
    const one = await asking(`${T}/7`, schemas.GetTopicResponseSchema, { topic: topics[0] })
    expect(await one.topicUnverified(7n)).toMatchObject({ topic: { name: 'risk', base: { id: 7n } } })
  })

  it('reads windows, answers and epochs', async () => {
    const open = { height: 9n, epochs: [{ nonce: 5n, workerClose: 8n, answered: true }] }
    expect(
      await (await asking(`${T}/1/windows`, schemas.GetWindowsResponseSchema, open)).windowsUnverified(1n),
    ).toMatchObject(open)
    const answer = { answer: { nonce: 5n, values: [0.25, 1e-7] }, height: 9n }
    const answers = await asking(`${T}/1/answer`, schemas.GetAnswerResponseSchema, answer)
    expect(await answers.answerUnverified(1n)).toMatchObject(answer)
    const older = await asking(`${T}/1/answer?nonce=5`, schemas.GetAnswerResponseSchema, answer)
    expect(await older.answerUnverified(1n, 5n)).toMatchObject(answer)
    const epoch = { nonce: 5n, status: 'settled', truth: 0.5, stateAfter: new Uint8Array([1, 2]) }
    for (const [path, nonce] of [['0', undefined] as const, ['5', 5n] as const]) {
      const client = await asking(`${T}/1/epochs/${path}`, schemas.GetEpochResponseSchema, { epoch })
      expect(await client.epochUnverified(1n, nonce)).toMatchObject(epoch)
    }
    const page = await asking(`${T}/1/epochs?after=4`, schemas.GetEpochsResponseSchema, { epochs: [epoch] })
    expect(await page.epochsUnverified(1n, { after: 4n })).toMatchObject([epoch])
    const several = await asking(`${T}/1/answers?after=4&limit=2`, schemas.GetAnswersResponseSchema, {
      answers: [answer.answer],
    })
    expect(await several.answersUnverified(1n, { after: 4n, limit: 2 })).toMatchObject([answer.answer])
  })

  it('reads truths, losses, results, actors and workers', async () => {
    const truth = { nonce: 3n, value: -1.5, label: '' }
    const truths = await asking(`${T}/1/truths?limit=2`, schemas.GetTruthsResponseSchema, { truths: [truth] })
    expect(await truths.truthsUnverified(1n, { limit: 2 })).toMatchObject([truth])
    const losses = await asking(`${T}/1/losses`, schemas.GetLossesResponseSchema, { epochs: [loss] })
    expect(await losses.lossesUnverified(1n)).toMatchObject([loss])
    const result = { nonce: 3n, tookPart: true, weight: 0, reward: '5' }
    const results = await asking(`${T}/1/results/${who}?nonce=3`, schemas.GetResultResponseSchema, result)
    const read = await results.resultUnverified(1n, who, 3n)
    expect(read).toMatchObject(result)
    expect(read.loss).toBeUndefined()
    const actors = await asking(`${T}/1/actors/${who}`, schemas.GetActorResponseSchema, { worker: true, stake: '9' })
    expect(await actors.actorUnverified(1n, who)).toMatchObject({ worker: true, stake: '9' })
    const workers = await asking(`${T}/1/workers?after=${who}`, schemas.GetWorkersResponseSchema, { addresses: [who] })
    expect(await workers.workersUnverified(1n, { after: who })).toEqual([who])
  })

  it('reads histories and tallies of a range', async () => {
    const columns = { nonces: [5n, 7n], statuses: ['settled', 'void'], truths: [0.5, Number.NaN], outputs: 1 }
    const histories = await asking(
      `${T}/1/history?after=4&until=9&shares=true`,
      schemas.GetHistoryResponseSchema,
      columns,
    )
    expect(await histories.historyUnverified(1n, { after: 4n, until: 9n, shares: true })).toMatchObject(columns)
    const sums = { last: 7n, epochs: 1n, networkLoss: 0.25, workers: [{ address: who, epochs: 1n, reward: '12' }] }
    const tallies = await asking(`${T}/1/tally?after=4&limit=3`, schemas.GetTallyResponseSchema, sums)
    expect(await tallies.tallyUnverified(1n, { after: 4n, limit: 3 })).toMatchObject(sums)
  })

  it('reads calibration, contributors, and what contribution pay found', async () => {
    const calibration = {
      nonce: 9n,
      epochs: 4n,
      levels: [{ level: 0.8, epochs: 4n, hits: 3n, meanWidth: 0.5 }],
      bins: [{ lower: 0, upper: 0.1, n: 0n }],
      edge: { shown: true, eValue: 57, n: 240n },
      baseline: { candidate: 2, name: 'a guess', epochs: 3n, meanLoss: 2, bound: 8 },
    }
    const calibrated = await asking(`${T}/1/calibration`, schemas.GetCalibrationResponseSchema, calibration)
    const read = await calibrated.calibrationUnverified(1n)
    expect(read).toMatchObject(calibration)
    expect([read.bins[0]?.frequency, read.baseline?.networkMeanLoss]).toEqual([undefined, undefined])
    const one = {
      address: who,
      role: 'inferer',
      skill: 0.25,
      weight: 0.5,
      share: 1,
      epochs: 30,
      present: 29,
      uptime: 0.9,
    }
    const page = { nonce: 9n, contributors: [one], needed: 20 }
    const path = `${T}/1/contributors?after=${who}&limit=5`
    const contributors = await asking(path, schemas.GetContributorsResponseSchema, page)
    expect(await contributors.contributorsUnverified(1n, { after: who, limit: 5 })).toMatchObject(page)
    const result = { nonce: 3n, skill: 0, weightInPay: 0.5, share: 0, present: 7 }
    const results = await asking(`${T}/1/results/${who}`, schemas.GetResultResponseSchema, result)
    expect(await results.resultUnverified(1n, who)).toMatchObject(result)
    const actors = await asking(`${T}/1/actors/${who}`, schemas.GetActorResponseSchema, { inferer: one })
    expect(await actors.actorUnverified(1n, who)).toMatchObject({ inferer: one })
  })

  it('reads ledger, fees, chain, balances and accounts', async () => {
    const ledger = { genesis: '100', minted: '5', burned: '1', supply: '104', balances: '104' }
    expect(
      await (await asking('/starling/v1/ledger', schemas.GetLedgerResponseSchema, ledger)).ledgerUnverified(),
    ).toMatchObject(ledger)
    const node = await bench.node()
    node.chain.fund(who, 10n ** 27n)
    const client = bench.client(node)
    expect(await client.feesUnverified()).toMatchObject({ minGasPrice: '10' })
    expect(await client.chainId()).toBe('starling-test-1')
    expect(await client.chainId()).toBe('starling-test-1')
    expect(node.requests.filter((one) => one.endsWith('node_info'))).toHaveLength(1)
    expect(await client.height()).toBe(1n)
    expect(await client.balanceUnverified(who)).toBe(10n ** 27n)
    expect(await client.accountUnverified(who)).toEqual({ accountNumber: 0n, sequence: 0n })
    const nobody = walletFromSeed('1', 'nobody').address
    expect(await client.accountUnverified(nobody)).toBeUndefined()
    expect(await client.balanceUnverified(nobody)).toBe(0n)
    expect(await client.tx('A'.repeat(64))).toBeUndefined()
    expect((await failureOf(client.tx('xyz'))).kind).toBe('bad-input')
  })

  it('height is 0 before the first block', async () => {
    const node = await bench.node()
    const missing = { code: 5, message: 'block 0 not found; the newest block is 0', details: [] }
    node.answer('/cosmos/base/tendermint/v1beta1/blocks/latest', missing, 404)
    expect(await bench.client(node).height()).toBe(0n)
  })

  it('a feed gives what there is, and undefined where it is not or offers nothing', async () => {
    const node = await bench.node()
    const client = bench.client(node)
    node.answer('/local/feed/risk%2Fx?nonce=5', { close: 1320.5 })
    node.answer('/local/feed/none?nonce=5', { code: 5, message: 'no such feed', details: [] }, 404)
    expect(await client.feed('risk/x', 5n)).toEqual({ close: 1320.5 })
    expect(await client.feed('none', 5n)).toBeUndefined()
    expect(await client.feed('unknown', 5n)).toBeUndefined()
  })

  it.each([
    ['another type', { height: 'high' }],
    ['no message', []],
    ['null', null],
  ])('says so when the answer is none of a node: %s', async (_, json) => {
    const node = await bench.node()
    node.answer(`${T}/1/windows`, json)
    const error = await failureOf(bench.client(node).windowsUnverified(1n))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toMatch(/no starling.v1.GetWindowsResponse/)
  })

  it('says so when a message lacks what it is for', async () => {
    const client = await asking(`${T}/1`, schemas.GetTopicResponseSchema, {})
    expect((await failureOf(client.topicUnverified(1n))).message).toMatch(/no topic/)
  })

  it('passes on that something does not exist', async () => {
    const node = await bench.node()
    node.answer(`${T}/9`, { code: 5, message: 'topic 9 does not exist', details: [] }, 404)
    const error = await failureOf(bench.client(node).topicUnverified(9n))
    expect(error).toMatchObject({ kind: 'not-found', message: 'topic 9 does not exist' })
  })
})
