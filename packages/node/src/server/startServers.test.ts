import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createLocalEngine } from '../engine/local/localEngine.ts'
import { openBlockStore } from '../engine/local/openBlockStore.ts'
import { createKvApplication, emptyDisk } from '../engine/local/testing/kvApplication.ts'
import { createLog } from './createLog.ts'
import { type ServerOptions, type Servers, startServers } from './startServers.ts'

const log = createLog('silent')
let servers: Servers | undefined
afterEach(async () => {
  await servers?.close()
  servers = undefined
})

function open() {
  const application = createKvApplication(emptyDisk())
  const genesis = { appState: {} }
  const blockStore = openBlockStore({ chainId: 'c' })
  const engine = createLocalEngine({ application, blockStore, chainId: 'c', genesis, clock: () => 1000n })
  const start = async (options: Partial<ServerOptions> = {}): Promise<Servers> => {
    servers = await startServers({ engine, application, restPort: 0, rpcPort: 0, log, ...options })
    return servers
  }
  return { application, engine, start }
}

test('API-01 servers listen on the loopback interface only', async () => {
  const { restUrl, rpcUrl, metricsUrl } = await open().start()
  expect([restUrl, rpcUrl].every((url) => /^http:\/\/127\.0\.0\.1:\d+$/.test(url))).toBe(true)
  expect(metricsUrl).toBeUndefined()
})

test('a port that is taken is named with its flag, and no server stays behind', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const { engine, start } = open()
  const ports = { restPort: '--rest-port', rpcPort: '--rpc-port', metricsPort: '--metrics-port' }
  for (const [option, flag] of Object.entries(ports)) {
    const sentence = `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another port with ${flag}.`
    await expect(start({ [option]: port })).rejects.toThrow(sentence)
  }
  expect(engine.events.subscriberCount()).toBe(0)
  other.close()
})

test('before the first block, queries of the state say so', async () => {
  const { restUrl, rpcUrl } = await open().start()
  const rest = await fetch(`${restUrl}/starling/v1/fees`)
  expect([rest.status, await rest.json()]).toEqual([
    503,
    { code: 14, message: 'The chain has no block yet; ask again when it has made the first.', details: [] },
  ])
  const rpc = await fetch(`${rpcUrl}/abci_query?path="/starling.v1.Query/GetFees"`)
  expect([rpc.status, await rpc.text()]).toEqual([500, expect.stringContaining('the chain has no block yet')])
  expect((await fetch(`${rpcUrl}/status`)).status).toBe(500)
  expect((await fetch(`${rpcUrl}/health`)).status).toBe(200)
})

test('a halted engine refuses transactions with its reason, and the node goes on answering', async () => {
  const { application, engine, start } = open()
  const { restUrl, rpcUrl } = await start()
  application.fail = (call) => call === 'commit'
  expect(() => engine.mine()).toThrow(/halted/)
  const sent = await fetch(`${restUrl}/cosmos/tx/v1beta1/txs`, { method: 'POST', body: '{"tx_bytes":"AA==","mode":2}' })
  expect([sent.status, await sent.json()]).toEqual([
    503,
    { code: 14, message: expect.stringMatching(/^The engine is halted: block 1 failed/), details: [] },
  ])
  expect(await (await fetch(`${rpcUrl}/broadcast_tx_sync?tx=0x00`)).text()).toContain('The engine is halted')
  expect((await fetch(`${rpcUrl}/health`)).status).toBe(200)
})

test('API-08 an error that is nobody’s refusal is told by its existence only, and logged', async () => {
  const { application, engine, start } = open()
  const { rpcUrl } = await start({
    extraRoutes: (app) => app.get('/broken', () => Promise.reject(new Error('secret'))),
  })
  engine.mine()
  application.query = () => {
    throw new Error('secret')
  }
  const answers = [
    await fetch(`${servers?.restUrl}/starling/v1/fees`),
    await fetch(`${servers?.restUrl}/broken`),
    await fetch(`${rpcUrl}/abci_query?path="/x"`),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toMatch(/secret|\bat /)
  }
})

test('metrics of chain, mempool, subscriptions and process', async () => {
  const { engine, start } = open()
  const { metricsUrl } = await start({ metricsPort: 0 })
  engine.mine()
  engine.submitTx(new Uint8Array(Buffer.from('A/1/x=1')))
  engine.mine()
  engine.submitTx(new Uint8Array(Buffer.from('A/2/x=2')))
  const text = await (await fetch(`${metricsUrl}/metrics`)).text()
  for (const line of [
    'starling_height 2',
    'starling_block_time_seconds 1.001',
    'starling_halted 0',
    'starling_mempool_txs 1',
    'starling_subscriptions 0',
    'starling_txs_total{result="done"} 1',
    'starling_block_interval_seconds_count 2',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toContain('process_resident_memory_bytes')
})

test('closing twice is closing once', async () => {
  const { start } = open()
  const { close, restUrl } = await start()
  await Promise.all([close(), close()])
  await expect(fetch(restUrl)).rejects.toThrow()
})
