import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'
import { collectStatus, type NetStatus } from './collectStatus.ts'
import { isWell } from './failOver.ts'
import { formatStatus } from './formatStatus.ts'
import { netDirectory, nodePaths } from './netPaths.ts'
import { type NetPlan, writeNetPlan } from './netPlan.ts'
import { runnerFile } from './netRunner.ts'
import { openNet } from './openNet.ts'
import { writePidFile } from './pidFile.ts'
import { tempHome } from './testing/tempHome.ts'
import { waitForNodes } from './waitForNodes.ts'

const closing: (() => unknown)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Said = {
  readonly height: number
  readonly headerHash?: string
  readonly chainId?: string
  readonly catchingUp?: boolean
}

/** What application and engine of a node would answer, on one port. */
async function pretend({
  height,
  headerHash = 'AA',
  chainId = 'starling-net-1',
  catchingUp = false,
}: Said): Promise<number> {
  const sync_info = { latest_block_height: `${height}`, latest_block_hash: 'FF', catching_up: catchingUp }
  const answers: Readonly<Record<string, unknown>> = {
    '/cosmos/base/node/v1beta1/status': { height: `${height}`, app_hash: Buffer.from([height]).toString('base64') },
    '/status': { result: { node_info: { network: chainId }, sync_info } },
    '/net_info': { result: { n_peers: '1' } },
    '/header': { result: { header: { app_hash: headerHash } } },
  }
  const server = createServer((request, reply) => {
    const [path = ''] = (request.url ?? '').split('?')
    reply.end(JSON.stringify(answers[path] ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/** A network whose nodes are pretended and whose processes are this one. */
async function network(
  said: readonly (Said | undefined)[],
): Promise<{ readonly home: string; readonly plan: NetPlan }> {
  const home = tempHome()
  const wishes = { seed: 'demo', restPort: 0, rpcPort: 0, blockTimeMs: 500, logLevel: undefined, reset: false }
  const begun = await openNet(home, { ...wishes, validators: said.length })
  const ports = await Promise.all(
    begun.ports.map(async (one, i) => {
      const saying = said[i]
      if (saying === undefined) return one
      const port = await pretend(saying)
      for (const role of ['app', 'engine'] as const) {
        writePidFile(nodePaths(netDirectory(home), i + 1).pid(role), process.pid)
      }
      return { ...one, rest: port, rpc: port }
    }),
  )
  const plan = { ...begun, ports }
  writeNetPlan(home, plan)
  return { home, plan }
}

describe('the status of a network', () => {
  it('shows what runs, what was killed, and that the nodes agree', async () => {
    const { home, plan } = await network([{ height: 12 }, undefined, { height: 9, catchingUp: true }])
    const dead = nodePaths(netDirectory(home), 2)
    writeFileSync(dead.held('app'), '')
    writePidFile(runnerFile(home), process.pid)
    const { stdout, code } = await runWith(['net', 'status', '--json'], { env: { STARLING_HOME: home } })
    const status: NetStatus = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(status).toMatchObject({
      chainId: 'starling-net-1',
      seed: 'demo',
      directory: netDirectory(home),
      running: true,
      pid: process.pid,
      blockTimeMs: 500,
      agreement: { height: 9, nodes: 2, appHash: 'AA' },
    })
    const own = { state: 'running', pid: process.pid, memoryMiB: expect.anything() }
    const none = { pid: null, memoryMiB: null }
    expect(status.nodes).toEqual([
      {
        ...{ node: 1, height: 12, appHash: '0C', catchingUp: false, behind: 0, peers: 1, app: own, engine: own },
        rest: `http://127.0.0.1:${plan.ports[0]?.rest}`,
        rpc: `http://127.0.0.1:${plan.ports[0]?.rpc}`,
        ports: plan.ports[0],
        home: nodePaths(netDirectory(home), 1).home,
      },
      expect.objectContaining({
        ...{ node: 2, height: null, appHash: null, catchingUp: null, behind: null, peers: null },
        app: { state: 'killed', ...none },
        engine: { state: 'down', ...none },
      }),
      expect.objectContaining({ node: 3, height: 9, behind: 3, catchingUp: true }),
    ])
    const table = formatStatus(status)
    expect(table).toMatch(/^starling-net-1 runs as process \d+, 500 ms between blocks\n\nNODE {2}HEIGHT {2}APP HASH/)
    expect(table).toMatch(/\n {3}1 {6}12 {2}0C {8}yes/)
    expect(table).toMatch(/\n {3}2 {7}- {2}- {9}- .* killed .* down /)
    expect(table).toMatch(/\n {3}3 {7}9 {2}09 {8}3 behind/)
    expect(table).toMatch(/\n2 of 3 nodes agree at block 9: app hash AA\n$/)
  })

  it('says where nodes have different states', async () => {
    const { home, plan } = await network([{ height: 9 }, { height: 9, headerHash: 'BB' }])
    const status = await collectStatus(home, plan)
    expect(status.agreement).toEqual({ height: 9, nodes: 2, appHash: null })
    expect(formatStatus(status)).toContain('the blocks at height 9 DIFFER')
  })

  it('of a network that does not run is shown too', async () => {
    const { home, plan } = await network([undefined])
    const status = await collectStatus(home, plan)
    expect(status).toMatchObject({ running: false, pid: null, agreement: null })
    expect(formatStatus(status)).toMatch(/is not running[\s\S]*Start it with "starling net up"/)
  })
})

describe('waiting for nodes', () => {
  const stop = new AbortController().signal

  it('ends when all are at the height', async () => {
    const { home, plan } = await network([{ height: 9 }, { height: 10 }])
    const where = { directory: netDirectory(home), plan, stop }
    await waitForNodes(where, [1, 2], { height: 9, patienceMs: 0 })
    await expect(waitForNodes(where, [1, 2], { height: 10, patienceMs: 0 })).rejects.toThrow(
      'Node 1 is not ready within 0 s: it is at block 9. Its logs are app.log and engine.log in',
    )
  })

  it('names who is silent, and another chain', async () => {
    const { home, plan } = await network([undefined, { height: 9, chainId: 'other-1' }])
    const where = { directory: netDirectory(home), plan, stop }
    await expect(waitForNodes(where, [1], { height: 1, patienceMs: 0 })).rejects.toThrow(
      'the application and CometBFT do not answer',
    )
    await expect(waitForNodes(where, [2], { height: 1, patienceMs: 0 })).rejects.toThrow(
      /is answered by a node of other-1, not by node 2 of starling-net-1/,
    )
  })
})

describe('a node that is well', () => {
  const well = { chainId: 'c', height: 3, appHash: 'A', block: { height: 3, hash: 'F' }, catchingUp: false, peers: 1 }
  it('answers with both processes, of the chain, at its newest block', () => {
    expect(isWell({ chainId: 'c' }, well)).toBe(true)
    const ill = [{ chainId: undefined }, { chainId: 'd' }, { height: undefined }, { height: 0 }, { catchingUp: true }]
    expect(ill.map((one) => isWell({ chainId: 'c' }, { ...well, ...one }))).toEqual(ill.map(() => false))
  })
})
