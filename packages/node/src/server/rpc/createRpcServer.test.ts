import { create, toBinary } from '@bufbuild/protobuf'
import { toHex } from '@starling/protocol/bytes/hex'
import { QueryBalanceRequestSchema } from '@starling/protocol/gen/cosmos/bank/v1beta1/query_pb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testActor } from '../../app/testing/testChain.ts'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'

const alice = testActor('alice')
const bob = testActor('bob')
const HASH = /^[0-9A-F]{64}$/
let node: TestNode
/** Hash of Alice's transaction at height 1. */
let hash = ''

type Answer = { readonly status: number; readonly body: unknown }

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)

async function get(path: string): Promise<Answer> {
  const response = await fetch(node.rpcUrl + path)
  return { status: response.status, body: await response.json() }
}

async function post(body: unknown): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(node.rpcUrl, { method: 'POST', body: text })
  const answer = await response.text()
  return { status: response.status, body: answer === '' ? undefined : JSON.parse(answer) }
}

const call = (method: string, params?: unknown): Promise<Answer> => post({ jsonrpc: '2.0', id: 7, method, params })
const result = async (method: string, params?: unknown): Promise<unknown> => {
  const { status, body } = await call(method, params)
  expect({ status, body }).toMatchObject({ status: 200, body: { jsonrpc: '2.0', id: 7, result: {} } })
  return (body as { result: unknown }).result
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

beforeAll(async () => {
  node = await startTestNode([alice, bob])
  hash = node.engine.submitTx(node.pay(alice, bob, 0n)).hash
  node.engine.mine()
  node.engine.mine()
})
afterAll(() => node.close())

describe('SPEC wire 3.0 shapes', () => {
  test('status', async () => {
    expect(await result('status')).toEqual({
      node_info: {
        protocol_version: { p2p: '8', block: '11', app: '1' },
        id: like(/^[0-9a-f]{40}$/),
        listen_addr: like(/./),
        network: 'starling-test-1',
        version: like(/^0\.38\./),
        channels: '',
        moniker: 'starling',
        other: { tx_index: 'on', rpc_address: '' },
      },
      sync_info: {
        latest_block_hash: like(HASH),
        latest_app_hash: like(HASH),
        latest_block_height: '2',
        latest_block_time: '2023-11-14T22:13:20.002Z',
        earliest_block_hash: like(HASH),
        earliest_app_hash: like(HASH),
        earliest_block_height: '1',
        earliest_block_time: '2023-11-14T22:13:20.001Z',
        catching_up: false,
      },
      validator_info: {
        address: like(/^[0-9A-F]{40}$/),
        pub_key: { type: 'tendermint/PubKeyEd25519', value: like(/^[\w+/]{43}=$/) },
        voting_power: '1',
      },
    })
  })

  test('block, header and block_results, newest without a height', async () => {
    const newest = await result('block')
    expect(newest).toMatchObject({
      block_id: { hash: like(HASH), parts: { total: 1, hash: like(HASH) } },
      block: { header: { height: '2', version: { block: '11' } }, data: { txs: [] }, evidence: { evidence: [] } },
    })
    for (const height of ['2', 2, null, '']) expect(await result('block', { height })).toEqual(newest)
    expect(await result('block', ['2'])).toEqual(newest)
    const { block } = newest as { block: { header: unknown } }
    expect(await result('header', { height: '2' })).toEqual({ header: block.header })
    expect(await result('block_results')).toMatchObject({ height: '2', txs_results: null, validator_updates: null })
    expect(await result('block_results', { height: '1' })).toMatchObject({
      txs_results: [{ code: 0, data: like(/=$/), gas_wanted: '1000000', codespace: '', info: '' }],
      finalize_block_events: expect.any(Array),
    })
  })

  test('commit, validators, header_by_hash and block_by_hash', async () => {
    const newest = await result('commit')
    expect(newest).toEqual({
      signed_header: {
        header: expect.objectContaining({ height: '2', proposer_address: like(/^[0-9A-F]{40}$/) }),
        commit: {
          height: '2',
          round: 0,
          block_id: { hash: like(HASH), parts: { total: 1, hash: like(HASH) } },
          signatures: [
            {
              block_id_flag: 2,
              validator_address: like(/^[0-9A-F]{40}$/),
              timestamp: '2023-11-14T22:13:20.003Z',
              signature: like(/^[A-Za-z0-9+/]{86}==$/),
            },
          ],
        },
      },
      canonical: false,
    })
    expect(await result('commit', { height: '1' })).toMatchObject({ canonical: true })
    expect(await result('validators', { height: '1', page: '1', per_page: '100' })).toEqual({
      block_height: '1',
      validators: [
        {
          address: like(/^[0-9A-F]{40}$/),
          pub_key: { type: 'tendermint/PubKeyEd25519', value: like(/^[A-Za-z0-9+/]{43}=$/) },
          voting_power: '1',
          proposer_priority: '0',
        },
      ],
      count: '1',
      total: '1',
    })
    const block = (await result('block')) as { block_id: { hash: string }; block: { header: object } }
    const params = { hash: base64(Buffer.from(block.block_id.hash, 'hex')) }
    expect(await result('block_by_hash', params)).toEqual(block)
    expect(await result('header_by_hash', params)).toEqual({ header: block.block.header })
    expect(await result('block_by_hash', { hash: base64(new Uint8Array(32)) })).toMatchObject({ block: null })
  })

  test('blockchain, genesis and consensus_params', async () => {
    const chain = await result('blockchain', { minHeight: '1', maxHeight: '9' })
    expect(chain).toMatchObject({
      last_height: '2',
      block_metas: [
        { block_id: { hash: like(HASH) }, block_size: like(/^\d{3}$/), header: { height: '2' }, num_txs: '0' },
        { header: { height: '1' }, num_txs: '1' },
      ],
    })
    expect(await result('blockchain')).toEqual(chain)
    expect(await call('blockchain', { minHeight: '3', maxHeight: '2' })).toMatchObject({
      body: { error: { code: -32602, data: like(/minHeight 3 must not be above maxHeight 2/) } },
    })
    const { consensus_params } = (await result('consensus_params')) as { consensus_params: object }
    expect(consensus_params).toMatchObject({ block: { max_bytes: '22020096', max_gas: '-1' } })
    expect(await result('genesis')).toMatchObject({
      genesis: {
        genesis_time: '2023-11-14T22:13:20.000Z',
        chain_id: 'starling-test-1',
        consensus_params,
        validators: [{ power: '1' }],
        app_state: { balances: [{ address: alice.address }, { address: bob.address }] },
      },
    })
  })

  test('tx and tx_search', async () => {
    const found = await result('tx', { hash: base64(Buffer.from(hash, 'hex')), prove: false })
    expect(found).toMatchObject({
      hash,
      height: '1',
      index: 0,
      tx: base64(node.pay(alice, bob, 0n)),
      tx_result: { code: 0 },
    })
    expect((await get(`/tx?hash=0x${hash}`)).body).toEqual({ jsonrpc: '2.0', id: -1, result: found })
    const query = `message.sender='${alice.address}'`
    const page = { page: '1', per_page: '10', order_by: 'asc', prove: false }
    expect(await result('tx_search', { query, ...page })).toEqual({ txs: [found], total_count: '1' })
    expect(await result('tx_search', { query: 'tx.height=99' })).toEqual({ txs: [], total_count: '0' })
    expect((await get(`/tx_search?query="${encodeURIComponent(query)}"&page="1"`)).body).toMatchObject({
      result: { total_count: '1' },
    })
  })

  test('abci_query takes hexadecimal and answers in base64; queries of the engine work too', async () => {
    const path = '/cosmos.bank.v1beta1.Query/Balance'
    const request = create(QueryBalanceRequestSchema, { address: bob.address, denom: 'uallo' })
    const data = toHex(toBinary(QueryBalanceRequestSchema, request))
    const answer = await result('abci_query', { path, data, height: '0', prove: false })
    const shape = { code: 0, log: '', info: '', index: '0', key: null, proofOps: null, height: '2', codespace: '' }
    expect(answer).toEqual({ response: { ...shape, value: like(/^Ch/) } })
    expect((await get(`/abci_query?path="${path}"&data=0x${data}`)).body).toMatchObject({ result: answer })
    expect(
      await result('abci_query', {
        path: '/cosmos.tx.v1beta1.Service/GetTx',
        data: `0a40${toHex(Buffer.from('ab'.repeat(32)))}`,
      }),
    ).toMatchObject({
      response: {
        code: 22,
        codespace: 'sdk',
        log: like(/^rpc error: code = NotFound desc = tx not found: (AB){32}$/),
        value: null,
      },
    })
    expect(await result('abci_query', { path: '/nope' })).toMatchObject({
      response: { code: 6, log: like(/unknown query path/) },
    })
  })

  test('health, abci_info, net_info', async () => {
    expect(await result('health')).toEqual({})
    expect(await result('abci_info')).toMatchObject({ response: { data: 'starling', last_block_height: '2' } })
    expect(await result('net_info')).toEqual({ listening: true, listeners: [], n_peers: '0', peers: [] })
  })

  test('broadcast_tx_sync answers with the code of CheckTx, and what the mempool refuses is an error', async () => {
    const tx = base64(node.pay(alice, bob, 1n))
    const sent = { code: 0, data: '', log: '', codespace: '', hash: like(HASH) }
    expect(await result('broadcast_tx_sync', { tx })).toEqual(sent)
    expect(await result('broadcast_tx_async', [base64(node.pay(alice, bob, 2n))])).toEqual(sent)
    expect((await call('broadcast_tx_sync', { tx })).body).toMatchObject({
      error: { code: -32603, data: 'tx already exists in cache' },
    })
    expect(await result('broadcast_tx_sync', { tx: base64(node.pay(alice, bob, 9n)) })).toMatchObject({ code: 32 })
  })
})

describe('JSON-RPC 2.0', () => {
  test('ADV-08 ids keep their type; a call without one gets no answer', async () => {
    for (const id of [1, 'typed_block_events_1', '', 0]) {
      expect((await post({ jsonrpc: '2.0', id, method: 'health' })).body).toEqual({ jsonrpc: '2.0', id, result: {} })
    }
    expect(await post({ jsonrpc: '2.0', method: 'health' })).toEqual({ status: 200, body: undefined })
  })

  test('batches', async () => {
    const calls = [
      { jsonrpc: '2.0', id: 1, method: 'health' },
      { jsonrpc: '2.0', method: 'health' },
      { jsonrpc: '2.0', id: 'b', method: 'nope' },
    ]
    const { body } = await post(calls)
    expect(body).toMatchObject([
      { id: 1, result: {} },
      { id: 'b', error: { code: -32601 } },
    ])
    expect((await post(Array.from({ length: 101 }, () => calls[0]))).body).toMatchObject({
      error: { code: -32600, data: like(/1 to 100 calls, this one has 101/) },
    })
  })

  const posts: readonly (readonly [string, number, number, RegExp])[] = [
    ['', 500, -32700, /the body is empty/],
    ['{', 500, -32700, /the body is no JSON/],
    ['7', 200, -32600, /a call must be an object/],
    ['{"id":1}', 200, -32600, /method must be a text/],
    ['{"id":1,"method":"nope"}', 200, -32601, /there is no method "nope" here; there are health, status/],
    ['{"id":1,"method":"subscribe","params":{"query":"x"}}', 200, -32601, /over the WebSocket at \/websocket/],
    ['{"id":1,"method":"block","params":7}', 200, -32602, /params must be an object or a list, got 7/],
    ['{"id":1,"method":"block","params":[1,2]}', 200, -32602, /takes 1 parameters, got 2/],
    [
      '{"id":1,"method":"block","params":{"hieght":1}}',
      200,
      -32602,
      /"hieght" is no parameter of this method; it takes height/,
    ],
    ['{"id":1,"method":"block","params":{"height":"x"}}', 200, -32602, /height must be a whole number from 1, got "x"/],
    ['{"id":1,"method":"block","params":{"height":0}}', 200, -32602, /height must be a whole number from 1, got 0/],
    ['{"id":1,"method":"block","params":{"height":1.5}}', 200, -32602, /height must be a whole number from 1, got 1.5/],
    ['{"id":1,"method":"block","params":{"height":99}}', 200, -32603, /height 99 must be less than or equal to .* 2$/],
    ['{"id":1,"method":"tx","params":{"hash":"AA=="}}', 200, -32602, /hash must have 32 bytes, got 1/],
    [`{"id":1,"method":"tx","params":{"hash":"${'A'.repeat(43)}="}}`, 200, -32603, /^tx \(0{64}\) not found$/],
    ['{"id":1,"method":"tx_search"}', 200, -32602, /the query is empty/],
    ['{"id":1,"method":"tx_search","params":{"query":"a.b=c"}}', 200, -32602, /Did you mean: a\.b='c'/],
    ['{"id":1,"method":"tx_search","params":{"query":"tx.height=1","page":5}}', 200, -32602, /within 1 to 1, but is 5/],
    ['{"id":1,"method":"tx_search","params":{"query":"tx.height=1","order_by":"up"}}', 200, -32602, /asc or desc/],
    [
      '{"id":1,"method":"abci_query","params":{"path":"/x","data":"zz"}}',
      200,
      -32602,
      /bytes in hexadecimal, got "zz"/,
    ],
    ['{"id":1,"method":"abci_query","params":{"path":5}}', 200, -32602, /path must be a text, got 5/],
    ['{"id":1,"method":"abci_query","params":{"prove":"yes"}}', 200, -32602, /prove must be true or false, got "yes"/],
    ['{"id":1,"method":"broadcast_tx_sync"}', 200, -32602, /tx is missing/],
    ['{"id":1,"method":"broadcast_tx_sync","params":{"tx":"%"}}', 200, -32602, /bytes in base64/],
    ['x'.repeat(3_000_000), 413, -32600, /too large/],
  ]
  test.each(posts)('POST %.70s', async (body, status, code, data) => {
    expect(await post(body)).toMatchObject({ status, body: { jsonrpc: '2.0', error: { code, data: like(data) } } })
  })

  test('the GET form answers errors with a status', async () => {
    expect(await get('/nope')).toMatchObject({ status: 404, body: { id: -1, error: { code: -32601 } } })
    expect(await get('/block?height=x')).toMatchObject({ status: 400, body: { error: { code: -32602 } } })
    expect(await get('/block?height=99')).toMatchObject({ status: 500, body: { error: { code: -32603 } } })
    expect(await get('/a/b')).toMatchObject({ status: 404, body: { error: { data: like(/there is no GET \/a\/b/) } } })
    expect(await (await fetch(node.rpcUrl)).text()).toContain('/abci_query?path&data&height&prove')
    expect((await fetch(`${node.rpcUrl}/x`, { method: 'POST', body: '{}' })).status).toBe(404)
  })
})
