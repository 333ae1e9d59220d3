import { create } from '@bufbuild/protobuf'
import { ProtocolError } from '@starling/protocol/errors'
import { InsertWorkerPayloadRequestSchema } from '@starling/protocol/gen/emissions/v10/tx_pb'
import { describe, expect, it } from 'vitest'
import { openTestTopic, send } from '../../app/testing/openTestTopic.ts'
import { signBundle } from '../../app/testing/signBundle.ts'
import { CHAIN_ID, type TestActor, testActor } from '../../app/testing/testChain.ts'
import { getBalance } from '../bank/view.ts'
import { insertWorkerPayload } from './insertWorkerPayload.ts'
import { getSubmissions, listActive } from './view.ts'

type Bundle = {
  readonly worker: string
  readonly nonce: { readonly blockHeight: bigint }
  readonly topicId: bigint
  readonly inferenceForecastsBundle?: {
    readonly inference: {
      readonly topicId: bigint
      readonly blockHeight: bigint
      readonly inferer: string
      readonly value: string
    }
  }
  readonly pubkey: string
  readonly inferencesForecastsBundleSignature: Uint8Array
}

const relay = testActor('relay')
const FEE = 10_000_000n

/** What a worker predicts for an epoch, signed by it. */
function signed(worker: TestActor, topicId: bigint, nonce: bigint, value = '20', signer: TestActor = worker): Bundle {
  const bundle = { inference: { topicId, blockHeight: nonce, inferer: worker.address, value } }
  return {
    worker: worker.address,
    nonce: { blockHeight: nonce },
    topicId,
    inferenceForecastsBundle: bundle,
    ...signBundle(signer, bundle),
  }
}

const payload = (sender: TestActor, workerDataBundle: Bundle) => ({
  typeUrl: '/emissions.v10.InsertWorkerPayloadRequest' as const,
  value: { sender: sender.address, workerDataBundle },
})

function open(): ReturnType<typeof openTestTopic> & { readonly a: TestActor; readonly b: TestActor } {
  const topic = openTestTopic({ others: [relay] })
  const [a, b] = topic.workers
  if (a === undefined || b === undefined) throw new Error('two workers')
  return { ...topic, a, b }
}

describe('AUD-H15 a payload that somebody else sends', () => {
  it('is taken with the worker’s own signature; the sender pays', () => {
    const topic = open()
    const { stores } = topic.chain
    const before = [topic.a, relay].map(({ address }) => getBalance(stores, address))
    expect(send(topic, relay, payload(relay, signed(topic.a, 1n, topic.first))).code).toBe(0)
    expect(listActive(stores, 'inferer', 1n, topic.first)).toEqual([topic.a.address])
    expect([topic.a, relay].map(({ address }, i) => (before[i] ?? 0n) - getBalance(stores, address))).toEqual([
      0n,
      FEE + 10n,
    ])
    // Sent once more, by anybody: the epoch has it already.
    expect(send(topic, relay, payload(relay, signed(topic.a, 1n, topic.first))).code).toBe(78)
    expect(send(topic, topic.a, payload(topic.a, signed(topic.a, 1n, topic.first, '21'))).code).toBe(78)
  })

  it('passes, of all 27 choices of sender, author and signer, where the author signed and is a worker', () => {
    const topic = open()
    const { a, b, first } = topic
    const actors = [a, b, relay]
    const passes = (sender: TestActor, author: TestActor, signer: TestActor): boolean => {
      const state = topic.chain.stores.fork()
      const context = { state, chainId: CHAIN_ID, height: topic.height() + 1n, emit: () => {} }
      const { value } = payload(sender, signed(author, 1n, first, '20', signer))
      try {
        insertWorkerPayload(context, create(InsertWorkerPayloadRequestSchema, value))
        return true
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
        return false
      } finally {
        state.discard()
      }
    }
    for (const sender of actors) {
      for (const author of actors) {
        for (const signer of actors) {
          expect(passes(sender, author, signer)).toBe(author === signer && author !== relay)
        }
      }
    }
  })

  it.each([
    ['no signature', (good: Bundle) => ({ ...good, inferencesForecastsBundleSignature: new Uint8Array() }), 47],
    ['no key', (good: Bundle) => ({ ...good, pubkey: '' }), 71],
    ['neither', (good: Bundle) => ({ ...good, pubkey: '', inferencesForecastsBundleSignature: new Uint8Array() }), 71],
    ['a key that is none', (good: Bundle) => ({ ...good, pubkey: '00'.repeat(33) }), 71],
    [
      'a signature of the wrong length',
      (good: Bundle) => ({ ...good, inferencesForecastsBundleSignature: new Uint8Array(65) }),
      47,
    ],
    ['another nonce outside', (good: Bundle) => ({ ...good, nonce: { blockHeight: 1n } }), 71],
    ['another topic outside', (good: Bundle) => ({ ...good, topicId: 2n }), 71],
    ['another worker outside', (good: Bundle) => ({ ...good, worker: relay.address }), 71],
    ['nothing inside', ({ inferenceForecastsBundle: _, ...good }: Bundle) => good, 71],
  ])('is refused with %s', (_name, spoil, code) => {
    const topic = open()
    const refused = send(topic, relay, payload(relay, spoil(signed(topic.a, 1n, topic.first))))
    expect(refused).toMatchObject({ codespace: 'emissions', code })
    expect(getSubmissions(topic.chain.stores, { topicId: 1n, nonce: topic.first }).inferences).toEqual([])
  })

  it('AUD-H11 is refused where its signed values were changed, left out or sent to another epoch', () => {
    const topic = open()
    const { a, first } = topic
    const good = signed(a, 1n, first)
    const inference = { topicId: 1n, blockHeight: first, inferer: a.address, value: '99' }
    const changed = { ...good, inferenceForecastsBundle: { inference } }
    expect(send(topic, relay, payload(relay, changed)).code).toBe(47)
    topic.mineTo(first + 5n)
    const later = signed(a, 1n, first + 5n)
    const replayed = {
      ...later,
      ...signBundle(a, { inference: { topicId: 1n, blockHeight: first, inferer: a.address, value: '20' } }),
    }
    expect(send(topic, relay, payload(relay, replayed)).code).toBe(47)
    expect(send(topic, relay, payload(relay, good)).code).toBe(67)
    expect(send(topic, a, payload(a, later)).code).toBe(0)
  })

  it('is checked even where the worker sends it itself: a wrong signature is a mistake to hear of', () => {
    const topic = open()
    const wrong = signed(topic.a, 1n, topic.first, '20', topic.b)
    expect(send(topic, topic.a, payload(topic.a, wrong))).toMatchObject({ codespace: 'emissions', code: 71 })
  })
})
