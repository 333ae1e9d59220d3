import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestChain, testActor } from '../../app/testing/testChain.ts'
import { messages } from '../../app/testing/testMessages.ts'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'

const actors = ['creator', 'worker', 'reputer', 'other', 'delegator'].map(testActor)
const [creator, worker, reputer, other, delegator] = actors
if (!creator || !worker || !reputer || !other || !delegator) throw new Error('an actor is missing')
const base = '/emissions/v10'
const STAKE = 10n ** 16n
/** Blocks of a removal by the reference's default. */
const DELAY = 604_800n
let node: TestNode

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }

async function ask(path: string): Promise<Answer> {
  const response = await fetch(node.restUrl + path)
  return { status: response.status, body: (await response.json()) as Answer['body'], headers: response.headers }
}

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)
const notFound = (message: string | RegExp): object => ({
  status: 404,
  body: { code: 5, message: typeof message === 'string' ? message : like(message), details: [] },
})
const refused = (message: RegExp): object => ({ status: 400, body: { code: 3, message: like(message) } })

/** Topic 1 with a worker, two reputers, a delegation, and both kinds of removals, one message a block. */
beforeAll(async () => {
  node = await startTestNode(actors)
  const { sign } = openTestChain(actors)
  const sequences = new Map<string, bigint>()
  const send = (actor: typeof creator, message: MessageToSend): void => {
    const sequence = sequences.get(actor.address) ?? 0n
    sequences.set(actor.address, sequence + 1n)
    node.engine.submitTx(sign(actor, [message], { sequence }))
    node.engine.mine()
  }
  const pace = { epochLength: 12n, groundTruthLag: 12n, workerSubmissionWindow: 6n }
  send(creator, messages.createTopic(creator, pace))
  send(worker, messages.register(worker, 1n))
  send(reputer, messages.register(reputer, 1n, true))
  send(other, messages.register(other, 1n, true))
  send(reputer, messages.addStake(reputer, 1n, STAKE))
  send(delegator, messages.delegate(delegator, 1n, reputer, STAKE))
  send(reputer, messages.removeStake(reputer, 1n, 1000n))
  send(delegator, messages.removeDelegation(delegator, 1n, reputer, 2000n))
  send(creator, messages.fund(creator, 1n, STAKE))
})
afterAll(() => node.close())

describe('SPEC wire 1.5 the reference’s paths', () => {
  test('answers have the reference’s names, every field, quoted integers and the height they are of', async () => {
    const { status, body, headers } = await ask(`${base}/topics/1`)
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['topic', 'weight', 'effective_revenue', 'topic_stake'])
    expect(body).toMatchObject({
      topic: {
        id: '1',
        creator: creator.address,
        epoch_length: '12',
        topic_type: 'TOPIC_TYPE_REGRESSION',
        output_arity: 'TOPIC_OUTPUT_ARITY_SINGLE',
        label_whitelist: [],
      },
      weight: like(/^\d+(\.\d+)?$/),
      topic_stake: (2n * STAKE).toString(),
    })
    expect(headers.get('grpc-metadata-x-cosmos-block-height')).toBe('9')
    expect((await ask(`${base}/params`)).body).toMatchObject({
      params: { version: 'v10', min_topic_weight: '100', registration_fee: '200', default_page_limit: '100' },
    })
    expect((await ask(`${base}/next_topic_id`)).body).toEqual({ next_topic_id: '2' })
    expect((await ask(`${base}/whitelist_admin/${creator.address}`)).body).toEqual({ is_admin: false })
    expect((await ask(`${base}/unfulfilled_worker_nonces/1`)).body).toEqual({ nonces: { nonces: [] } })
    expect((await ask(`${base}/active_topics_at_block/5`)).body).toEqual({ topics: [], pagination: null })
  })

  test('/stake_removal/{a}/{b}: the number is the topic, whichever comes first', async () => {
    const removal = {
      block_removal_started: '7',
      topic_id: '1',
      reputer: reputer.address,
      amount: '1000',
      block_removal_completed: (7n + DELAY).toString(),
    }
    expect((await ask(`${base}/stake_removal/1/${reputer.address}`)).body).toEqual({ removal })
    expect((await ask(`${base}/stake_removal/${reputer.address}/1`)).body).toEqual({ stake_removal_info: removal })
    const none = `${other.address} is removing no stake from topic 1`
    expect(await ask(`${base}/stake_removal/1/${other.address}`)).toMatchObject(notFound(none))
    expect(await ask(`${base}/stake_removal/${other.address}/1`)).toMatchObject(notFound(none))
    expect(await ask(`${base}/stake_removal/9/${reputer.address}`)).toMatchObject(notFound('there is no topic 9'))
    expect(await ask(`${base}/stake_removal/1/2`)).toMatchObject(refused(/^reputer must be an allo… address, got "2"/))
    expect(await ask(`${base}/stake_removal/abc/def`)).toMatchObject(refused(/^topic_id must be a whole number/))
    expect(await ask(`${base}/stake_removal/1`)).toMatchObject({ status: 501, body: { code: 12 } })
  })

  test('/delegate_stake and /delegate_stake_removal go by the number of segments', async () => {
    const sum = await ask(`${base}/delegate_stake/${delegator.address}/1`)
    const one = await ask(`${base}/delegate_stake/${delegator.address}/${reputer.address}/1`)
    expect([sum.body, one.body]).toEqual([{ amount: STAKE.toString() }, { amount: STAKE.toString() }])
    const removal = { block_removal_started: '8', delegator: delegator.address, amount: '2000' }
    const info = await ask(`${base}/delegate_stake_removal/1/${delegator.address}/${reputer.address}`)
    expect(info.body).toMatchObject({ removal })
    const at = 8n + DELAY
    const exact = await ask(`${base}/delegate_stake_removal/${at}/1/${delegator.address}/${reputer.address}`)
    expect(exact.body).toMatchObject({ stake_removal_info: removal })
    const early = await ask(`${base}/delegate_stake_removal/${at - 1n}/1/${delegator.address}/${reputer.address}`)
    expect(early).toMatchObject(notFound(/ends at block \d+, not \d+$/))
  })

  test('parameters of the query string, repeated ones and optional ones', async () => {
    const many = `${base}/reputers_stakes/1?addresses=${other.address}&addresses=${reputer.address}`
    expect((await ask(many)).body).toEqual({
      amounts: [
        { topic_id: '1', reputer: other.address, amount: '0' },
        { topic_id: '1', reputer: reputer.address, amount: (2n * STAKE).toString() },
      ],
    })
    expect((await ask(`${base}/reputers_stakes/1`)).body).toEqual({ amounts: [] })
    const regret = `${base}/naive_inferer_network_regret?topic_id=1&inferer=${worker.address}`
    expect((await ask(regret)).body).toEqual({ regret: { block_height: '0', value: '0' } })
    const status = await ask(`${base}/worker_submission_window_status/1?address=${worker.address}`)
    expect(status.body).toMatchObject({ is_open: false, is_registered: true, is_whitelisted: true })
    expect((await ask(`${base}/worker_submission_window_status/1`)).body).toMatchObject({ is_registered: false })
    const wrong = `${base}/worker_submission_window_status/1?adress=${worker.address}`
    expect(await ask(wrong)).toMatchObject(
      refused(/^"adress" is no parameter of this query; it takes topic_id, address/),
    )
  })

  test('unknown ids are not found, wrong ones refused, with a sentence', async () => {
    for (const path of ['topics/7', 'unfulfilled_worker_nonces/7', `worker_registered/7/${worker.address}`])
      expect(await ask(`${base}/${path}`)).toMatchObject(notFound('there is no topic 7'))
    expect(await ask(`${base}/latest_network_inferences/1`)).toMatchObject(notFound('topic 1 has no answer yet'))
    expect(await ask(`${base}/network_loss/1/5`)).toMatchObject(notFound('topic 1 has no record of an epoch 5'))
    expect(await ask(`${base}/worker/${creator.address}`)).toMatchObject(notFound(/never registered as a worker$/))
    for (const id of ['abc', '-1', '1.5', '99999999999999999999'])
      expect(await ask(`${base}/topics/${id}`)).toMatchObject(refused(/^topic_id must be a whole number from 0 to/))
    expect(await ask(`${base}/worker/abc`)).toMatchObject(refused(/^address must be an allo… address, got "abc"/))
  })

  test('what the state does not hold is not implemented', async () => {
    for (const path of ['reputer_loss_bundles/1/5', 'latest_network_inferences_outlier_resistant/1', 'nothing'])
      expect(await ask(`${base}/${path}`)).toMatchObject({ status: 501, body: { code: 12 } })
  })

  test('pages of our own queries are limited', async () => {
    expect(await ask('/starling/v1/topics?limit=1001')).toMatchObject(refused(/^limit must be at most 1000, got 1001/))
    expect(await ask('/starling/v1/topics/1/epochs?limit=65')).toMatchObject(
      refused(/^limit must be at most 64, got 65/),
    )
    const workers = await ask('/starling/v1/topics/1/workers?limit=1')
    expect(workers.body).toEqual({ addresses: [worker.address] })
  })

  test('API-11 FL-37 an answer names the block it was published at and the block it is read at', async () => {
    while (node.engine.status().height < 17n) node.engine.mine()
    const { body } = await ask('/starling/v1/topics/1')
    const nonce = (body.topic as { readonly newest_nonce: string }).newest_nonce
    expect(nonce).toBe('17')
    const { sign } = openTestChain(actors)
    node.engine.submitTx(sign(worker, [messages.infer(worker, 1n, 17n, '20.5')], { sequence: 1n }))
    while (node.engine.status().height < 23n) node.engine.mine()
    const ask1 = await ask('/starling/v1/topics/1/answer')
    expect(ask1.body).toMatchObject({ answer: { nonce: '17', height: '23', values: [20.5] }, height: '23' })
    while (node.engine.status().height < 60n) node.engine.mine()
    const ask2 = await ask('/starling/v1/topics/1/answer')
    expect(ask2.body).toEqual({ ...ask1.body, height: '60' })
    const latest = await ask(`${base}/latest_network_inferences/1`)
    expect(latest.body).toMatchObject({
      network_inferences: { nonce: '17', combined_value: [{ label_id: 1, label_name: 'y', value: '20.5' }] },
      inference_block_height: '17',
    })
  })
})
