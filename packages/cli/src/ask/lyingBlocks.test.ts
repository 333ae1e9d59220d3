import { testActor } from '@starling/node/app/testing/testChain'
import { startTestNode, type TestNode } from '@starling/node/server/testing/startTestNode'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { readBlock } from '@starling/sdk/blocks/readBlock'
import { readCommits } from '@starling/sdk/blocks/readCommits'
import { createClient } from '@starling/sdk/createClient'
import { createRpc, type Rpc } from '@starling/sdk/http/createRpc'
import { at } from '@starling/sdk/http/json'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import { txHash } from '@starling/sdk/tx/txHash'
import type { Client } from '@starling/sdk/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const [alice, bob] = ['alice', 'bob'].map(testActor)
if (alice === undefined || bob === undefined) throw new Error('there are two actors')

let node: TestNode
let client: Client
let state: Snapshot
let tx: Uint8Array
/** What a lying server does to the result of a method. */
let lie: { readonly method: string; readonly tell: (result: object) => void } | undefined

/** A `fetch` that lies. */
const lyingFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const told = lie
  if (told === undefined || typeof init?.body !== 'string' || JSON.parse(init.body).method !== told.method)
    return response
  const json: unknown = await response.json()
  told.tell(Object(at(json, 'result')))
  return new Response(JSON.stringify(json))
}

const rpc = (): Rpc => createRpc({ fetch: lyingFetch, timeoutMs: 30_000, url: node.rpcUrl, flag: '--rpc' })
const listOf = (json: unknown, ...path: readonly string[]): object[] => Object(at(json, ...path))

beforeAll(async () => {
  node = await startTestNode([alice, bob])
  tx = node.pay(alice, bob, 0n)
  node.engine.mine()
  node.engine.submitTx(tx)
  for (let i = 0; i < 44; i++) node.engine.mine()
  // The clock of this node stands still, long ago.
  const trust = { clock: () => 1_700_000_000_000n }
  client = createClient({ url: node.restUrl, rpc: node.rpcUrl, fetch: lyingFetch, trust })
  state = await client.snapshot()
})
afterAll(async () => {
  await client.close()
  await node.close()
})

describe('headers, blocks and commits', () => {
  it('follow each other by their hashes, over more than one page', async () => {
    const claimed = await state.headers(2n, 45n)
    expect(claimed.map(({ header }) => header.height)).toEqual(Array.from({ length: 44 }, (_, i) => 45n - BigInt(i)))
    expect(headerHash(claimed[0]?.header ?? (await state.block(1n)).header)).toEqual(state.at.hash)
    expect(claimed.filter(({ txCount }) => txCount > 0).map(({ header }) => header.height)).toEqual([2n])
  })

  it('prove what stands in a block, what it did, and who signed it', async () => {
    const [{ header }, { header: next }] = await Promise.all([state.block(2n), state.block(3n)])
    const block = await readBlock(rpc(), header, next)
    expect(block.txs).toMatchObject([
      { hash: txHash(tx), bytes: tx, outcome: { code: 0, gasUsed: expect.any(BigInt) } },
    ])
    expect(block.areOutcomesProven).toBe(true)
    expect((await readBlock(rpc(), header, undefined)).areOutcomesProven).toBe(false)
    const [commit] = await readCommits(rpc(), [next])
    expect([commit?.height, commit?.signatures.map(({ flag }) => flag)]).toEqual([2n, [2]])
  })
})

describe('API-10 a lying node is refuted', () => {
  const refusedBy = async (told: NonNullable<typeof lie>, read: () => Promise<unknown>): Promise<unknown> => {
    lie = told
    try {
      return await read().then(
        () => 'believed',
        (error: unknown) => at(error, 'kind'),
      )
    } finally {
      lie = undefined
    }
  }
  const read = async (): Promise<unknown> => {
    const [{ header }, { header: next }] = await Promise.all([state.block(2n), state.block(3n)])
    return readBlock(rpc(), header, next)
  }

  it.each([
    [
      'an altered header',
      (result: object) =>
        Object.assign(Object(at(listOf(result, 'block_metas')[3], 'header')), { time: '2020-01-01T00:00:00Z' }),
    ],
    ['a header left out', (result: object) => listOf(result, 'block_metas').splice(3, 1)],
    ['headers of other heights', (result: object) => listOf(result, 'block_metas').reverse()],
    ['none', (result: object) => listOf(result, 'block_metas').splice(0)],
    ['what is no header', (result: object) => Object.assign(listOf(result, 'block_metas')[0] ?? {}, { header: 7 })],
  ])('in a list of headers: %s', async (_what, tell) => {
    expect(await refusedBy({ method: 'blockchain', tell }, () => state.headers(2n, 45n))).toBe('refuted')
  })

  it.each([
    ['a transaction less', 'block', (result: object) => listOf(result, 'block', 'data', 'txs').pop()],
    ['an outcome less', 'block_results', (result: object) => listOf(result, 'txs_results').pop()],
    [
      'another code',
      'block_results',
      (result: object) => Object.assign(listOf(result, 'txs_results')[0] ?? {}, { code: 5 }),
    ],
    [
      'other gas',
      'block_results',
      (result: object) => Object.assign(listOf(result, 'txs_results')[0] ?? {}, { gas_used: '1' }),
    ],
  ])('in a block: %s', async (_what, method, tell) => {
    expect(await refusedBy({ method, tell }, read)).toBe('refuted')
  })

  it.each([
    ['another time', { timestamp: '2020-01-01T00:00:00Z' }],
    ['a signature that is absent', { block_id_flag: 1 }],
  ])('in a commit: %s', async (_what, change) => {
    const { header } = await state.block(3n)
    const tell = (result: object): void =>
      void Object.assign(listOf(result, 'signed_header', 'commit', 'signatures')[0] ?? {}, change)
    expect(await refusedBy({ method: 'commit', tell }, () => readCommits(rpc(), [header]))).toBe('refuted')
  })
})
