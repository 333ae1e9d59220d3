import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testActor } from '../../app/testing/testChain.ts'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'

const alice = testActor('alice')
const bob = testActor('bob')
const carol = testActor('carol')
const txsPath = '/cosmos/tx/v1beta1/txs'
const balancesPath = `/cosmos/bank/v1beta1/balances/${bob.address}`
let node: TestNode
/** Hash of Alice's transaction at height 1. */
let hash = ''

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(node.restUrl + path, init)
  // Every answer of this server is a JSON object; another one fails the test here.
  return { status: response.status, body: (await response.json()) as Answer['body'], headers: response.headers }
}

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)
const post = (body: unknown, path = txsPath): Promise<Answer> =>
  ask(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** One transaction at each of the heights 1 to 12. */
beforeAll(async () => {
  node = await startTestNode([alice, bob, carol], { extraRoutes: (app) => app.get('/local/ping', () => ({ pong: 1 })) })
  for (let sequence = 0n; sequence < 12n; sequence += 1n) {
    const sent = node.engine.submitTx(node.pay(alice, bob, sequence))
    if (sequence === 0n) hash = sent.hash
    node.engine.mine()
  }
})
afterAll(() => node.close())

describe('SPEC wire 3.0 what REST answers', () => {
  test('original names, all fields, quoted 64-bit integers, Any with @type, null for what is absent', async () => {
    expect((await ask(`/cosmos/auth/v1beta1/accounts/${bob.address}`)).body).toEqual({
      account: {
        '@type': '/cosmos.auth.v1beta1.BaseAccount',
        address: bob.address,
        pub_key: null,
        account_number: '1',
        sequence: '0',
      },
    })
  })

  test('path and query parameters, nested, quoted or bare, in either spelling', async () => {
    const all = { balances: [{ denom: 'uallo', amount: '1000000000000000012' }] }
    const paths = [
      '',
      '?pagination.limit=5&pagination.count_total=true',
      '?pagination.countTotal=1',
      '?pagination.limit="5"',
    ]
    for (const path of [...paths, '?resolve_denom=false', '/']) {
      expect((await ask(balancesPath + path)).body).toMatchObject(all)
    }
    const one = await ask(`${balancesPath}/by_denom?denom=uallo`)
    expect(one.body).toEqual({ balance: { denom: 'uallo', amount: '1000000000000000012' } })
    expect(one.headers.get('grpc-metadata-x-cosmos-block-height')).toBe('12')
  })

  test('a kept height may be named; another one is refused', async () => {
    const at = (height: string): Promise<Answer> => ask(balancesPath, { headers: { 'x-cosmos-block-height': height } })
    expect((await at('12')).status).toBe(200)
    expect(await at('3')).toMatchObject({ status: 200, body: { balances: [{ amount: '1000000000000000003' }] } })
    expect(await at('13')).toMatchObject({ status: 400, body: { code: 3, message: like(/height 13 is not kept/) } })
    expect(await at('-1')).toMatchObject({
      status: 400,
      body: { message: like(/must be a whole number from 0, got "-1"/) },
    })
  })

  test('GetTx opens the transaction and shows its events as text', async () => {
    const { body } = await ask(`${txsPath}/${hash}`)
    const message = { '@type': '/cosmos.bank.v1beta1.MsgSend', from_address: alice.address, to_address: bob.address }
    expect(body).toMatchObject({
      tx: { body: { messages: [message] }, auth_info: { fee: { gas_limit: '1000000' } } },
      tx_response: {
        txhash: hash,
        height: '1',
        code: 0,
        raw_log: '',
        logs: [],
        tx: { '@type': '/cosmos.tx.v1beta1.Tx' },
      },
    })
    expect(JSON.stringify(body)).toContain(`{"key":"sender","value":"${alice.address}","index":true}`)
    expect((await ask(`${txsPath}/0x${hash.toLowerCase()}`)).status).toBe(200)
  })

  test('node and blocks in the shape of the Cosmos SDK', async () => {
    const cosmos = '/cosmos/base/tendermint/v1beta1'
    expect((await ask(`${cosmos}/node_info`)).body).toMatchObject({
      default_node_info: { network: 'starling-test-1', version: expect.stringMatching(/^0\.38\./) },
    })
    expect((await ask(`${cosmos}/syncing`)).body).toEqual({ syncing: false })
    const latest = (await ask(`${cosmos}/blocks/latest`)).body
    expect(latest).toMatchObject({
      block: { header: { height: '12', chain_id: 'starling-test-1' }, data: { txs: [{}] } },
    })
    expect((await ask(`${cosmos}/blocks/12`)).body).toEqual(latest)
    expect((await ask('/cosmos/base/node/v1beta1/config')).body).toMatchObject({ minimum_gas_price: '10uallo' })
    expect((await ask('/cosmos/base/node/v1beta1/status')).body).toMatchObject({ height: '12' })
  })

  test('routes that the caller adds', async () => {
    expect((await ask('/local/ping')).body).toEqual({ pong: 1 })
  })
})

describe('sending', () => {
  test('camelCase and snake_case bodies; what stands in the query string is ignored', async () => {
    const first = await post(
      { txBytes: base64(node.pay(carol, bob, 0n)), mode: 'BROADCAST_MODE_SYNC' },
      `${txsPath}?mode=2&tx_bytes=%0A%F0`,
    )
    expect(first).toMatchObject({
      status: 200,
      body: { tx_response: { code: 0, codespace: '', height: '0', tx: null } },
    })
    const second = await post({ tx_bytes: base64(node.pay(carol, bob, 1n)), mode: 3 })
    expect(second.body).toMatchObject({ tx_response: { code: 0 } })
    node.engine.mine()
    const { tx_response: sent } = second.body as { tx_response: { txhash: string } }
    expect((await ask(`${txsPath}/${sent.txhash}`)).body).toMatchObject({ tx_response: { code: 0, height: '13' } })
  })

  test('a refusal of CheckTx or of the mempool is an answer with its code', async () => {
    const send = async (tx: Uint8Array): Promise<unknown> => (await post({ tx_bytes: base64(tx), mode: 2 })).body
    const waiting = node.pay(carol, bob, 2n)
    expect(await send(node.pay(alice, bob, 99n))).toMatchObject({
      tx_response: { code: 32, codespace: 'sdk', raw_log: like(/account sequence mismatch, expected 12, got 99/) },
    })
    expect(await send(Uint8Array.of(0))).toMatchObject({ tx_response: { code: 2, raw_log: like(/tx parse error/) } })
    expect(await send(waiting)).toMatchObject({ tx_response: { code: 0 } })
    expect(await send(waiting)).toMatchObject({ tx_response: { code: 19, raw_log: 'tx already exists in cache' } })
    expect(await send(new Uint8Array(1_100_000))).toMatchObject({ code: 3, message: like(/The body is too large/) })
  })

  test('Simulate tells the gas without sending', async () => {
    const simulate = (tx: Uint8Array): Promise<Answer> => post({ tx_bytes: base64(tx) }, '/cosmos/tx/v1beta1/simulate')
    const { status, body } = await simulate(node.pay(alice, bob, 12n))
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { gas_info: { gas_used: expect.stringMatching(/^44\d{3}$/) } },
    })
    expect(await simulate(node.pay(alice, bob, 50n))).toMatchObject({
      status: 400,
      body: { message: like(/expected 12, got 50/) },
    })
  })
})

describe('FL-35 the query dialect of GetTxsEvent', () => {
  const found = async (query: string): Promise<Answer> => ask(`${txsPath}?query=${encodeURIComponent(query)}`)
  const counts: readonly (readonly [string, string])[] = [
    ['tx.height=5', '1'],
    ['tx.height>5 AND tx.height<=12', '7'],
    ['tx.height<=10 AND tx.height>5', '5'],
    [`message.sender='${alice.address}' AND tx.height<=12`, '12'],
    ['foo.bar EXISTS', '0'],
    [`message.action CONTAINS 'MsgSend' AND tx.height<=12`, '12'],
  ]
  test.each(counts)('FL-35 %s finds %s', async (query, total) => {
    expect((await found(query)).body).toMatchObject({ total })
  })

  test('FL-35 a hash in lower case; pages and order', async () => {
    expect((await found(`tx.hash='${hash.toLowerCase()}'`)).body).toMatchObject({ total: '1' })
    const page = await ask(`${txsPath}?query=tx.height<=12&page=2&limit=5&order_by=ORDER_BY_DESC`)
    const { tx_responses: txs } = page.body as { tx_responses: { height: string }[] }
    expect(txs.map(({ height }) => height)).toEqual(['7', '6', '5', '4', '3'])
    const zeros = await ask(`${txsPath}?query=tx.height<=12&page=0&limit=0&order_by=0`)
    expect(zeros.body).toMatchObject({ total: '12' })
  })

  const wrong: readonly (readonly [string, RegExp])[] = [
    [`message.sender=${alice.address}`, new RegExp(`Did you mean: message\\.sender='${alice.address}'`)],
    ['"tx.height=5"', /Did you mean: tx\.height=5/],
    ['tx.height=5 and tx.height=6', /Did you mean: tx\.height=5 AND tx\.height=6/],
    ['', /the query is empty/],
    ['tx.height', /expected =, </],
  ]
  test.each(wrong)('FL-35 %s is refused with a sentence', async (query, message) => {
    expect(await found(query)).toMatchObject({ status: 400, body: { code: 3, message: like(message) } })
  })
})

describe('API-04 bad input gets the right status and a sentence', () => {
  const nobody = testActor('nobody').address
  const gets: readonly (readonly [string, number, number, RegExp])[] = [
    [`/cosmos/auth/v1beta1/accounts/${nobody}`, 404, 5, /account .* not found/],
    [`${txsPath}/${'AB'.repeat(32)}`, 404, 5, /^tx not found: (AB){32}$/],
    [`${txsPath}/xyz`, 400, 3, /hash must be 64 hexadecimal digits, got "xyz"/],
    [`${txsPath}?query=tx.height=1&limit=101`, 400, 3, /limit must be a whole number from 0 .* to 100, got "101"/],
    [`${txsPath}?query=tx.height=1&page=9`, 400, 3, /page should be within 1 to 1, but is 9/],
    [`${txsPath}?query=tx.height=1&order_by=up`, 400, 3, /order_by must be one of .*, got "up"/],
    [`${txsPath}?query=tx.height=1&per_page=9`, 400, 3, /"per_page" is no parameter of this query; it takes query/],
    ['/cosmos/bank/v1beta1/balances/nobody', 400, 3, /address must be an allo… address, got "nobody"/],
    [`${balancesPath}?foo=1`, 400, 3, /"foo" is no parameter of this query; it takes address, pagination\.key/],
    [`${balancesPath}?pagination.limit=x`, 400, 3, /pagination\.limit must be a whole number from 0 to \d+, got "x"/],
    [`${balancesPath}?pagination.limit=-1`, 400, 3, /pagination\.limit must be .*, got "-1"/],
    [`${balancesPath}?pagination.limit=`, 400, 3, /pagination\.limit must be .*, got nothing/],
    [`${balancesPath}?pagination.limit=1001`, 400, 3, /pagination\.limit is at most 1000, got 1001/],
    [`${balancesPath}?pagination.reverse=maybe`, 400, 3, /pagination\.reverse must be true or false, got "maybe"/],
    [`${balancesPath}?pagination.key=*`, 400, 3, /pagination\.key must be bytes in base64/],
    [`${balancesPath}?pagination=1`, 400, 3, /pagination has fields of its own/],
    [`${balancesPath}/by_denom?denom=a&denom=b`, 400, 3, /denom is one value, but is given 2 times/],
    ['/cosmos/bank/v1beta1/balances/%zz', 400, 3, /holds a %/],
    ['/cosmos/base/tendermint/v1beta1/blocks/0', 400, 3, /height must be a whole number from 1, got "0"/],
    ['/cosmos/base/tendermint/v1beta1/blocks/999', 404, 5, /block 999 not found; the newest block is/],
    ['/no/such/path', 501, 12, /^Not Implemented/],
    [`/starling/v1/fees?x=${'y'.repeat(66_000)}`, 414, 3, /The URL has \d+ characters, at most 65536/],
    [`/starling/v1/fees?x=${'y'.repeat(140_000)}`, 431, 3, /too long/],
  ]
  test.each(gets)('GET %.60s: %i', async (path, status, code, message) => {
    expect(await ask(path)).toMatchObject({ status, body: { code, message: like(message), details: [] } })
  })

  const posts: readonly (readonly [string, number, RegExp])[] = [
    ['', 400, /the body is empty; send a JSON object with the fields tx_bytes, mode/],
    ['{', 400, /the body is no JSON object/],
    ['[]', 400, /the body is no JSON object/],
    ['{"tx_bytes":5,"mode":2}', 400, /tx_bytes: expected bytes in base64, got 5/],
    ['{"tx_bytes":"%%","mode":2}', 400, /tx_bytes: /],
    ['{"tx_bytes":"AA==","mode":"X"}', 400, /mode must be one of BROADCAST_MODE_UNSPECIFIED .*, got "X"/],
    ['{"tx_bytes":"AA==","mode":"BROADCAST_MODE_BLOCK"}', 400, /BROADCAST_MODE_BLOCK is not supported; send with/],
    ['{"tx_bytes":"AA=="}', 400, /mode 0 is not supported/],
    ['{"tx_bytes":"AA==","mode":2,"mode":2}', 400, /duplicate object key "mode"/],
    ['{"mode":2}', 400, /tx_bytes is empty/],
    ['{"foo":1}', 400, /"foo" is no field of this request; it has tx_bytes, mode/],
    [`{"tx_bytes":"${'A'.repeat(3_000_000)}"}`, 413, /The body is too large/],
  ]
  test.each(posts)('POST %.60s: %i', async (body, status, message) => {
    expect(await post(body)).toMatchObject({ status, body: { code: 3, message: like(message), details: [] } })
  })

  test('a wrong method is refused with the right ones', async () => {
    const refused = await ask(balancesPath, { method: 'DELETE' })
    expect(refused).toMatchObject({
      status: 405,
      body: { code: 12, message: like(/DELETE is not allowed here; use GET/) },
    })
    expect(refused.headers.get('allow')).toBe('GET, HEAD')
    expect((await ask(txsPath, { method: 'PUT', body: 'x' })).headers.get('allow')).toContain('POST')
  })
})

test('API-06 pages of this machine may read answers, others may not', async () => {
  const from = async (origin: string): Promise<string | null> =>
    (await ask(balancesPath, { headers: { origin } })).headers.get('access-control-allow-origin')
  expect(await from('http://localhost:3000')).toBe('http://localhost:3000')
  expect(await from('http://127.0.0.1')).toBe('http://127.0.0.1')
  expect(await from('https://localhost.example.com')).toBeNull()
  expect(await from('null')).toBeNull()
  const preflight = await fetch(node.restUrl + txsPath, { method: 'OPTIONS', headers: { origin: 'http://[::1]:8080' } })
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST'])
})
