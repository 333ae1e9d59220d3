import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { collectStatus, type NetStatus, type NodeStatus } from '@starling/cli/net/collectStatus'
import { requireNetPlan } from '@starling/cli/net/netPlan'
import { createClient } from '@starling/sdk/createClient'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { type Ended, type Launched, launch, run, STARLING } from '../harness/launch.ts'
import { openScope } from '../harness/scope.ts'
import { BUILD_MS, findCometBft, isSkipped } from './harness/findCometBft.ts'

describe.skipIf(isSkipped)('starling net', () => {
  const scope = openScope()
  const home = scope.folder()
  let env: Readonly<Record<string, string>>
  let up: Launched

  beforeAll(async () => {
    env = { STARLING_HOME: home, PATH: `${dirname(await findCometBft())}:${process.env.PATH}` }
    const ports = ['--rest-port', '0', '--rpc-port', '0']
    up = launch(scope, ['net', 'up', '--validators', '4', '--late', '4', '--block-time', '200', ...ports], { env })
    // The processes of the nodes are the network's, and would outlive a runner that is killed.
    const stop = (): unknown =>
      spawnSync(process.execPath, [STARLING, 'net', 'stop'], { env: { ...process.env, ...env } })
    process.once('exit', stop)
    scope.defer(() => process.removeListener('exit', stop))
    scope.defer(stop)
    await up.says(/^node 4: /m)
  }, BUILD_MS)
  afterAll(() => scope.close())

  const net = async (...args: readonly string[]): Promise<Ended> => {
    const ended = await run(scope, ['net', ...args], { env })
    expect(ended).toMatchObject({ code: 0 })
    return ended
  }
  const status = (): Promise<NetStatus> => collectStatus(home, requireNetPlan(home))
  const nodeOf = ({ nodes }: NetStatus, wanted: number): NodeStatus => {
    const node = nodes.find((one) => one.node === wanted)
    if (node === undefined) throw new Error(`there is no node ${wanted}`)
    return node
  }
  const lowest = ({ nodes }: NetStatus): number => Math.min(...nodes.flatMap(({ height }) => height ?? []))
  /** Waits for a status in which so many nodes agree at a height above the given one. */
  const untilAgreed = (count: number, above: number): Promise<NetStatus> =>
    eventually(`${count} nodes that agree above block ${above}`, async () => {
      const now = await status()
      const { nodes = 0, height = 0, appHash = null } = now.agreement ?? {}
      return nodes === count && height > above && appHash !== null ? now : undefined
    })

  it('runs the three topics, and every answer is proven on every node', async () => {
    const shown = await untilAgreed(3, 3)
    const { agreement, nodes } = JSON.parse((await net('status', '--json')).stdout)
    expect([nodes.length, agreement.nodes]).toEqual([4, 3])
    expect(agreement.appHash).toMatch(/^[0-9A-F]{64}$/)
    for (const { node, rest: url, rpc } of shown.nodes.slice(0, 3)) {
      const client = createClient({ url, rpc })
      scope.defer(() => client.close())
      for (const topic of [1n, 2n, 3n]) {
        await eventually(`the answer of topic ${topic} on node ${node}`, async () => (await client.answer(topic)).value)
      }
    }
    const { rest, rpc } = nodeOf(shown, 2)
    const { code, stdout } = await run(scope, ['ask', 'trend', '--json', '--node', rest, '--rpc', rpc], { env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'trend', proof: { status: 'verified' } })
  })

  it('takes in a node that comes late, and goes on while another is dead', async () => {
    await net('restart', '4')
    const { agreement } = await untilAgreed(4, 0)
    await net('kill', '2')
    const dead = await untilAgreed(3, (agreement?.height ?? 0) + 3)
    expect([nodeOf(dead, 2).app, nodeOf(dead, 2).engine].map(({ state }) => state)).toEqual(['killed', 'killed'])
    console.log((await net('restart', '2')).stderr.trim())
    await untilAgreed(4, lowest(dead))
  })

  it('brings a node back whose application or CometBFT dies', async () => {
    for (const role of ['app', 'engine'] as const) {
      const before = await status()
      const { pid } = nodeOf(before, 3)[role]
      process.kill(pid ?? Number.NaN, 'SIGKILL')
      await eventually(`another ${role} of node 3`, async () => {
        const now = nodeOf(await status(), 3)[role].pid
        return now !== null && now !== pid ? now : undefined
      })
      await untilAgreed(4, lowest(before) + 3)
    }
  })

  it('ends every process when it is stopped', async () => {
    const { nodes } = await status()
    await net('stop')
    expect((await up.ended).code).toBe(0)
    const pids = nodes.flatMap(({ app, engine }) => [app.pid ?? [], engine.pid ?? []].flat())
    expect(pids).toHaveLength(8)
    expect(pids.filter(runs)).toEqual([])
    expect((await status()).running).toBe(false)
  })

  function runs(pid: number): boolean {
    try {
      process.kill(pid, 0)
      return true
    } catch {
      return false
    }
  }
})
