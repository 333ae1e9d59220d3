import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApplication } from '../../app/createApplication.ts'
import { storeNames } from '../../app/storeNames.ts'
import { createHttpServer } from '../../server/createHttpServer.ts'
import { createLog } from '../../server/createLog.ts'
import { defaultLimits } from '../../server/limits.ts'
import { addNodeRoutes } from '../../server/rest/nodeRoutes.ts'
import { openMemoryStore } from '../../store/openMemoryStore.ts'
import { createLocalEngine } from '../local/localEngine.ts'
import { openBlockStore } from '../local/openBlockStore.ts'
import { addCometRoutes } from './cometRoutes.ts'
import { type CometRpc, CometRpcError } from './cometRpc.ts'

const BASE = '/cosmos/base/tendermint/v1beta1'
const header = { chain_id: 'c', height: '7', time: '2026-01-01T00:00:00Z', app_hash: '00FF' }
const block = { block_id: { hash: 'AB', parts: { total: 1, hash: 'CD' } }, block: { header, data: { txs: [] } } }
const status = {
  node_info: { id: 'aa', network: 'c', version: '0.38.26', channels: '4020', moniker: 'node0', other: {} },
  sync_info: { catching_up: true },
}

function openContext() {
  const application = createApplication({ stores: openMemoryStore(storeNames), chainId: 'c' })
  const blockStore = openBlockStore({ chainId: 'c' })
  const genesis = { appState: { balances: [] } }
  const engine = createLocalEngine({ application, blockStore, chainId: 'c', genesis, clock: () => 1000n })
  engine.mine()
  return { application, engine }
}
type Routes = (app: FastifyInstance) => void
const serve = (routes: Routes): FastifyInstance => {
  const options = { log: createLog('silent'), limits: defaultLimits, allowedOrigins: [] }
  const app = createHttpServer(options, ({ status: code, message }) => ({ code, message }))
  routes(app)
  return app
}

describe('what REST tells of node and blocks under CometBFT', () => {
  const context = openContext()
  let app: FastifyInstance
  let asked: unknown[]
  let answer: CometRpc
  const get = async (path: string): Promise<{ readonly code: number; readonly json: unknown }> => {
    const response = await app.inject({ method: 'GET', url: path })
    return { code: response.statusCode, json: response.json() }
  }
  beforeEach(() => {
    asked = []
    answer = async (method) => (method === 'status' ? status : block)
    app = serve((one) =>
      addCometRoutes(one, context, (method, params) => {
        asked.push([method, params])
        return answer(method, params)
      }),
    )
  })
  afterEach(() => app.close())

  it('is what the embedded engine tells, route by route and field by field', async () => {
    const embedded = serve((one) => addNodeRoutes(one, context))
    const paths = [`${BASE}/node_info`, `${BASE}/syncing`, `${BASE}/blocks/latest`, `${BASE}/blocks/1`]
    const ofNode = ['config', 'status'].map((name) => `/cosmos/base/node/v1beta1/${name}`)
    for (const path of [...paths, ...ofNode]) {
      const own = (await embedded.inject({ method: 'GET', url: path })).json()
      const { code, json } = await get(path)
      expect([path, code]).toEqual([path, 200])
      // Who validates is CometBFT's to tell.
      const { validator_hash: _only, ...fields } = own
      expect(Object.keys(Object(json))).toEqual(Object.keys(fields))
    }
    await embedded.close()
  })

  it('turns blocks of CometBFT into those of a gateway', async () => {
    const { json } = await get(`${BASE}/blocks/7`)
    expect(json).toMatchObject({
      block_id: { hash: 'qw==', part_set_header: { total: 1, hash: 'zQ==' } },
      block: { header: { chain_id: 'c', height: '7', app_hash: 'AP8=' } },
      sdk_block: { header: { height: '7' } },
    })
    await get(`${BASE}/blocks/latest`)
    expect(asked).toEqual([
      ['block', { height: '7' }],
      ['block', undefined],
    ])
  })

  it('passes on what CometBFT tells of itself', async () => {
    expect((await get(`${BASE}/syncing`)).json).toEqual({ syncing: true })
    expect((await get(`${BASE}/node_info`)).json).toMatchObject({
      default_node_info: { default_node_id: 'aa', network: 'c', channels: 'QCA=', moniker: 'node0' },
      application_version: { name: 'starling' },
    })
    expect((await get('/cosmos/base/node/v1beta1/status')).json).toMatchObject({
      height: '1',
      timestamp: '1970-01-01T00:00:01.000Z',
      app_hash: Buffer.from(context.engine.status().appHash).toString('base64'),
    })
  })

  it.each(['0', '-1', 'x', '1.5', '9'.repeat(19), '%20'])('refuses the height %s without asking', async (height) => {
    expect(await get(`${BASE}/blocks/${height}`)).toMatchObject({
      code: 400,
      json: { code: 3, message: expect.stringMatching(/height must be a whole number from 1/) },
    })
    expect(asked).toEqual([])
  })

  it.each([
    [404, 5, new CometRpcError('Internal error: height 9 must be less than or equal to 7', false)],
    [503, 14, new CometRpcError('CometBFT does not answer', true)],
  ])('answers %i where CometBFT fails', async (http, code, error) => {
    answer = () => Promise.reject(error)
    expect(await get(`${BASE}/blocks/9`)).toEqual({ code: http, json: { code, message: error.message } })
  })

  it('answers 500 where the program is at fault, and 503 where CometBFT shows no block', async () => {
    answer = () => Promise.reject(new TypeError('x'))
    expect((await get(`${BASE}/syncing`)).code).toBe(500)
    answer = async () => 'hello'
    expect((await get(`${BASE}/blocks/latest`)).code).toBe(503)
  })
})
