import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { toHex } from '@starling/protocol/bytes/hex'
import { topicsKeys } from '@starling/protocol/modules/topics/keys'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { ProofError } from '@starling/protocol/proof/proofError'
import { createClient } from '@starling/sdk/createClient'
import { createRpc } from '@starling/sdk/http/createRpc'
import { type TrustOptions, timeMs } from '@starling/sdk/proof/createLightClient'
import { createLightSource } from '@starling/sdk/proof/lightSource'
import { memoryPins } from '@starling/sdk/proof/pins'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRain } from '../testing/startRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

type Json = Record<string, unknown>
type Call = { readonly method: string; readonly params: Json }
/** What a lying server does to a call on its way to the node, and to the node's result on its way back. */
type Lie = { readonly ask?: (call: Call) => Call; readonly tell?: (result: Json, call: Call) => void }

let net: TestNet
let url: string
let lie: Lie = {}
const server = createServer(async (request, response) => {
  const { id, ...asked } = JSON.parse(await text(request))
  const call = lie.ask?.(asked) ?? asked
  const body = JSON.stringify({ jsonrpc: '2.0', id, ...call })
  const reply = await fetch(net.node.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const json = JSON.parse(await reply.text())
  if (json.result !== undefined) lie.tell?.(json.result, asked)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(json))
})
const source = () => createLightSource(createRpc({ fetch, timeoutMs: 30_000, url: net.node.rpcUrl, flag: '--rpc' }))

beforeAll(async () => {
  net = await startTestNet()
  const rain = await startRain(net)
  await rain.stop()
  net.node.engine.stop()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()))
  await net.close()
})

/** What becomes of a read through the lying server, by a client that trusts block 2. */
async function refusedBy(
  told: Lie,
  read: (client: Client) => Promise<unknown>,
  more: TrustOptions = {},
): Promise<string> {
  const { header } = await source().block(2n)
  lie = {}
  const client = createClient({
    url: net.node.restUrl,
    rpc: url,
    trust: { chainId: header.chainId, trust: { height: 2n, hash: headerHash(header) }, ...more },
  })
  try {
    expect((await client.topic(1n)).value?.name).toBe('rain')
    net.node.engine.mine()
    lie = told
    await read(client)
    return 'believed'
  } catch (error) {
    if (!(error instanceof StarlingError)) throw error
    return error.cause instanceof ProofError ? `${error.kind} ${error.cause.code}` : error.kind
  } finally {
    lie = {}
    await client.close()
  }
}

const topic = (client: Client): Promise<unknown> => client.topic(1n)
const inHeader = (change: (header: Json, commit: Json) => void): Lie => ({
  tell: (result, { method }) => {
    if (method !== 'commit') return
    const { header, commit } = result.signed_header as { header: Json; commit: Json }
    change(header, commit)
  },
})
const inAnswer = (change: (response: Json) => void): Lie => ({
  tell: (result, { method }) => {
    if (method === 'abci_query') change(result.response as Json)
  },
})
const firstSignature = (commit: Json): Json => (commit.signatures as Json[])[0] ?? {}
const flipped = (base64: unknown): string => {
  const bytes = Buffer.from(String(base64), 'base64')
  bytes[5] = (bytes[5] ?? 0) ^ 1
  return bytes.toString('base64')
}

describe('API-10 a lying node', () => {
  it.each<[string, string, Lie]>([
    [
      'an altered value',
      'refuted WRONG_VALUE',
      inAnswer((answer) => Object.assign(answer, { value: flipped(answer.value) })),
    ],
    [
      'the value of another key',
      'refuted WRONG_KEY',
      {
        ask: (call) =>
          call.method === 'abci_query'
            ? { ...call, params: { ...call.params, data: toHex(topicsKeys.nextId()) } }
            : call,
      },
    ],
    [
      'the value of an older state',
      'refuted WRONG_APP_HASH',
      { ask: (call) => (call.method === 'abci_query' ? { ...call, params: { ...call.params, height: '3' } } : call) },
    ],
    [
      'the absence of a key that is there',
      'refuted NOT_ABSENT',
      inAnswer((answer) => Object.assign(answer, { value: null })),
    ],
    ['no proof at all', 'refuted MALFORMED', inAnswer((answer) => Object.assign(answer, { proofOps: null }))],
    [
      'an old header as the newest',
      'refuted OLD_HEADER',
      { ask: (call) => (call.method === 'commit' ? { ...call, params: { height: '2' } } : call) },
    ],
    [
      'a header of another chain',
      'refuted WRONG_CHAIN',
      inHeader((header) => Object.assign(header, { chain_id: 'other-1' })),
    ],
    [
      'a header with another application hash',
      'refuted WRONG_HEADER',
      inHeader((header) => Object.assign(header, { app_hash: '00'.repeat(32) })),
    ],
    [
      'a commit with too little power',
      'refuted TOO_LITTLE_POWER',
      inHeader((_, commit) =>
        Object.assign(firstSignature(commit), {
          block_id_flag: 1,
          validator_address: '',
          timestamp: '0001-01-01T00:00:00Z',
          signature: null,
        }),
      ),
    ],
    [
      'a forged signature',
      'refuted BAD_SIGNATURE',
      inHeader((_, commit) => {
        const one = firstSignature(commit)
        Object.assign(one, { signature: flipped(one.signature) })
      }),
    ],
    [
      'a header from the future',
      'refuted FROM_THE_FUTURE',
      inHeader((header) => Object.assign(header, { time: '2999-01-01T00:00:00Z' })),
    ],
  ])('that tells %s is refuted as %s', async (_, refusal, told) => {
    expect(await refusedBy(told, topic)).toBe(refusal)
  })

  it('that tells validators whom the header does not name is refuted by a client that does not know them yet', async () => {
    const { header } = await source().block(2n)
    const trust = { height: 2n, hash: headerHash(header) }
    const client = createClient({ url: net.node.restUrl, rpc: url, trust: { trust } })
    lie = {
      tell: (result, { method }) => {
        if (method === 'validators') Object.assign((result.validators as Json[])[0] ?? {}, { voting_power: '99' })
      },
    }
    try {
      const refusal = await topic(client).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ kind: 'refuted', cause: { code: 'WRONG_VALIDATORS' } })
      lie = {}
      await expect(topic(client)).resolves.toMatchObject({ value: { name: 'rain' } })
    } finally {
      lie = {}
      await client.close()
    }
  })

  it('that tells wrongly who the newest validators are is asked for those of the block', async () => {
    const client = createClient({ url: net.node.restUrl, rpc: url })
    const heights: unknown[] = []
    lie = {
      tell: (result, { method, params }) => {
        if (method !== 'validators') return
        heights.push(params.height === undefined ? 'the newest' : 'its height')
        if (params.height !== undefined) return
        Object.assign((result.validators as Json[])[0] ?? {}, { voting_power: '99' })
      },
    }
    try {
      await expect(topic(client)).resolves.toMatchObject({ value: { name: 'rain' } })
      expect(heights).toEqual(['the newest', 'its height'])
    } finally {
      lie = {}
      await client.close()
    }
  })

  it('is no node that names the newest validators by the block after it, as CometBFT does', async () => {
    const client = createClient({ url: net.node.restUrl, rpc: url })
    let asked = 0
    lie = {
      tell: (result, { method }) => {
        if (method !== 'validators') return
        asked += 1
        Object.assign(result, { block_height: String(BigInt(String(result.block_height)) + 1n) })
      },
    }
    try {
      await expect(topic(client)).resolves.toMatchObject({ value: { name: 'rain' } })
      expect(asked).toBe(1)
    } finally {
      lie = {}
      await client.close()
    }
  })

  it('that shows a newer block in place of an earlier one does not make an answer younger', async () => {
    const client = createClient({ url: net.node.restUrl, rpc: url })
    const state = await client.snapshot()
    lie = {
      ask: (call) => (call.params.height === '3' ? { ...call, params: { ...call.params, height: '5' } } : call),
    }
    await expect(state.timeOf(3n)).rejects.toMatchObject({ kind: 'refuted', cause: { code: 'WRONG_HEADER' } })
    lie = {}
    await client.close()
  })

  it('that stands still is stale beyond the age that is allowed', async () => {
    const clock = () => BigInt(Date.now()) + 60_000n
    expect(await refusedBy({}, topic, { clock, maxHeadAgeMs: 120_000n })).toBe('believed')
    const late = createClient({ url: net.node.restUrl, rpc: url, trust: { clock, maxHeadAgeMs: 30_000n } })
    await expect(late.topic(1n)).rejects.toMatchObject({
      kind: 'stale',
      message: expect.stringContaining('stands still'),
    })
    await late.close()
  })

  it('that began anew is another chain than the pinned one', async () => {
    const pins = memoryPins()
    const chainId = await net.client.chainId()
    pins.write(url, { chainId, height: 3n, hash: new Uint8Array(32) })
    const client = createClient({ url: net.node.restUrl, rpc: url, trust: { pins } })
    await expect(client.topic(1n)).rejects.toMatchObject({
      kind: 'refuted',
      message: expect.stringContaining('--trust new'),
    })
    await client.close()
  })

  it('is believed where it is right: values, absence, balances, accounts, times of earlier blocks', async () => {
    const client = createClient({ url: net.node.restUrl, rpc: net.node.rpcUrl })
    const state = await client.snapshot()
    expect(await state.topic(1n)).toMatchObject({ name: 'rain' })
    expect(await state.topic(99n)).toBeUndefined()
    const base = (await state.topic(1n))?.base
    const creator = base?.creator ?? ''
    expect(await state.balance(creator)).toBe(await net.client.balanceUnverified(creator))
    expect(await state.account(creator)).toEqual(await net.client.accountUnverified(creator))
    expect(await state.timeOf(2n)).toBe(timeMs((await source().block(2n)).header.time))
    expect(state.at.height).toBe(net.node.engine.status().height)
    await expect(state.balance('allo1x')).rejects.toMatchObject({ kind: 'bad-input' })
    await client.close()
  })
})
