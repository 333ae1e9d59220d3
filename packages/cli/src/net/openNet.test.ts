import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { netDirectory, nodePaths } from './netPaths.ts'
import { type NetPlan, portsOf, readNetPlan, requireNetPlan } from './netPlan.ts'
import { readNodeId } from './nodeKey.ts'
import { type NetWishes, openNet } from './openNet.ts'
import { tempHome } from './testing/tempHome.ts'

const nothing: NetWishes = {
  validators: undefined,
  seed: undefined,
  restPort: undefined,
  rpcPort: undefined,
  blockTimeMs: undefined,
  logLevel: undefined,
  reset: false,
}

const fileOf = (home: string, node: number, name: string): string =>
  readFileSync(join(nodePaths(netDirectory(home), node).home, name), 'utf8')

describe('the homes of a network', () => {
  it('have keys of their own and one genesis, which names every validator with the same power', async () => {
    const home = tempHome()
    await openNet(home, { ...nothing, validators: 3, seed: 'demo' })
    const genesis = fileOf(home, 1, 'config/genesis.json')
    expect([2, 3].map((node) => fileOf(home, node, 'config/genesis.json'))).toEqual([genesis, genesis])
    const keys = [1, 2, 3].map((node) => JSON.parse(fileOf(home, node, 'config/priv_validator_key.json')))
    const { validators, ...rest } = JSON.parse(genesis)
    expect(validators).toEqual(
      keys.map(({ address, pub_key }, i) => ({ address, pub_key, power: '10', name: `node${i + 1}` })),
    )
    expect(new Set(keys.map(({ address }) => address)).size).toBe(3)
    expect(rest).toMatchObject({ chain_id: 'starling-net-1', initial_height: '1', app_hash: '' })
    expect(rest.app_state.admins).toHaveLength(1)
    for (const node of [1, 2, 3]) {
      expect(JSON.parse(fileOf(home, node, 'data/priv_validator_state.json'))).toEqual({
        height: '0',
        round: 0,
        step: 0,
      })
      for (const key of ['priv_validator_key.json', 'node_key.json']) {
        const { config } = nodePaths(netDirectory(home), node)
        expect(statSync(join(config, key)).mode & 0o777).toBe(0o600)
      }
    }
  })

  it('are configured so that each dials all others, on loopback', async () => {
    const home = tempHome()
    const plan = await openNet(home, { ...nothing, validators: 3, restPort: 4000, rpcPort: 5000, blockTimeMs: 250 })
    expect(plan.ports).toEqual([
      { rest: 4000, rpc: 5000, p2p: 4999, metrics: 5003 },
      { rest: 4001, rpc: 5010, p2p: 5009, metrics: 5013 },
      { rest: 4002, rpc: 5020, p2p: 5019, metrics: 5023 },
    ])
    const ids = [1, 2, 3].map((node) => readNodeId(join(nodePaths(netDirectory(home), node).config, 'node_key.json')))
    const config = fileOf(home, 2, 'config/config.toml')
    expect(config).toContain('proxy_app = "unix://app.sock"')
    expect(config).toContain('laddr = "tcp://127.0.0.1:5010"')
    expect(config).toContain('laddr = "tcp://127.0.0.1:5009"')
    expect(config).toContain(`persistent_peers = "${ids[0]}@127.0.0.1:4999,${ids[2]}@127.0.0.1:5019"`)
    expect(config).toContain('timeout_commit = "250ms"')
    expect(new Set(ids).size).toBe(3)
  })

  it('stay as they are at the next start, which may change ports and pace', async () => {
    const home = tempHome()
    const first = await openNet(home, { ...nothing, validators: 2, seed: 'demo' })
    const before = fileOf(home, 2, 'config/genesis.json') + fileOf(home, 2, 'config/priv_validator_key.json')
    expect(await openNet(home, { ...nothing, blockTimeMs: 100 })).toEqual({ ...first, blockTimeMs: 100 })
    const moved = await openNet(home, { ...nothing, rpcPort: 30_000 })
    expect(moved.ports).toEqual([
      { rest: 1317, rpc: 30_000, p2p: 29_999, metrics: 30_003 },
      { rest: 1318, rpc: 30_010, p2p: 30_009, metrics: 30_013 },
    ])
    const rest = await openNet(home, { ...nothing, restPort: 2000 })
    expect(rest.ports.map((one) => [one.rest, one.rpc])).toEqual([
      [2000, 30_000],
      [2001, 30_010],
    ])
    expect(readNetPlan(home)).toEqual({ ...rest, blockTimeMs: 100 })
    expect(fileOf(home, 2, 'config/genesis.json') + fileOf(home, 2, 'config/priv_validator_key.json')).toBe(before)
    expect(fileOf(home, 1, 'config/config.toml')).toContain('timeout_commit = "100ms"')
  })

  it('refuse another seed and another count, and begin anew with --reset', async () => {
    const home = tempHome()
    await openNet(home, { ...nothing, validators: 2, seed: 'one' })
    await expect(openNet(home, { ...nothing, seed: 'two' })).rejects.toThrow('began with --seed one, not two')
    await expect(openNet(home, { ...nothing, validators: 4 })).rejects.toThrow('began with --validators 2, not 4')
    const again = await openNet(home, { ...nothing, validators: 1, seed: 'two', reset: true })
    expect([again.seed, again.ports.length]).toEqual(['two', 1])
    expect(() => fileOf(home, 2, 'config/genesis.json')).toThrow('ENOENT')
  })

  it('get free ports for 0, all different', async () => {
    const { ports } = await openNet(tempHome(), { ...nothing, validators: 7, restPort: 0, rpcPort: 0 })
    expect(new Set(ports.flatMap((one) => Object.values(one))).size).toBe(28)
  })

  it('refuse ports that overlap', async () => {
    const overlapping = { ...nothing, restPort: 26_657, rpcPort: 26_657 }
    await expect(openNet(tempHome(), overlapping)).rejects.toThrow(
      'With --rest-port 26657 and --rpc-port 26657 the ports of 4 nodes overlap',
    )
    await expect(openNet(tempHome(), { ...nothing, rpcPort: 65_530 })).rejects.toThrow('leave 1 to 65535')
  })
})

describe('the plan of a network', () => {
  it('is missed with what to do', () => {
    expect(() => requireNetPlan(tempHome())).toThrow('Start one with "starling net up"')
  })

  it('is refused where it is damaged, with the field', async () => {
    const home = tempHome()
    const plan: NetPlan = await openNet(home, nothing)
    const file = join(netDirectory(home), 'network.json')
    writeFileSync(file, JSON.stringify({ ...plan, blockTimeMs: -1 }))
    expect(() => readNetPlan(home)).toThrow(/network\.json is damaged \(blockTimeMs: .+\)\. Restore it/)
    writeFileSync(file, '{"chainId":')
    expect(() => readNetPlan(home)).toThrow('is damaged')
    await expect(openNet(home, nothing)).rejects.toThrow('is damaged')
    expect(readFileSync(file, 'utf8')).toBe('{"chainId":')
  })

  it('names the nodes that there are', async () => {
    const plan = await openNet(tempHome(), nothing)
    expect(() => portsOf(plan, 5)).toThrow('The network has nodes 1 to 4, got 5.')
    expect(portsOf(plan, 4).rest).toBe(1320)
  })
})
