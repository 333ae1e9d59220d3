import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GenesisState } from '@starling/node/app/genesis'
import { createLog } from '@starling/node/server/createLog'
import { type RunningNode, startNode } from '@starling/node/startNode'
import { createClient } from '@starling/sdk/createClient'
import type { Client } from '@starling/sdk/types'
import { createCast } from '../up/cast.ts'
import { localGenesis } from '../up/localGenesis.ts'
import { LOCAL_CHAIN_ID, openLocalNetwork } from '../up/localNetwork.ts'
import { claimPorts } from './claimPorts.ts'
import { type LiveRun, liveRun } from './liveRun.ts'
import { type Ran, runWith } from './testIo.ts'

/** A real node of the local network in this process, in memory, with a home folder whose seed is its own. */
export type TestNet = {
  readonly home: string
  readonly node: RunningNode
  readonly client: Client
  /** What makes a command line talk to the node. */
  readonly env: Readonly<Record<string, string>>
  /** Runs a command line against the node. */
  starling(argv: readonly string[], options?: Parameters<typeof runWith>[1]): Promise<Ran>
  /** The same, to be followed while it runs. */
  live(argv: readonly string[]): LiveRun
  /** The same, which must succeed, with `--json`: the document that it prints. */
  json<T>(...argv: readonly string[]): Promise<T>
  /** The path of a new file in a temporary folder. */
  file(name: string): string
  /** Replaces the node by one that begins anew at the same addresses. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** The seed of every test network. */
export const TEST_SEED = 'test'
const BLOCK_MS = 15

/** A policy that one reputer with any stake can settle. */
export const easyPolicy = {
  loss: 'squared',
  domain_lowest: -1000,
  domain_highest: 1000,
  tolerance: 0.5,
  min_reputers: 1,
  unit: 'degrees',
  horizon: 'next epoch',
  resolution: 'what the thermometer shows',
} as const

/** Starts a node with one block, and makes blocks all the time until its engine is stopped. */
export async function startTestNet(genesis: Partial<GenesisState> = {}): Promise<TestNet> {
  const home = mkdtempSync(join(tmpdir(), 'starling-cli-'))
  openLocalNetwork(home, { seed: TEST_SEED, reset: false })
  const start = async (ports: { readonly rest: number; readonly rpc: number }): Promise<RunningNode> => {
    const started = await startNode({
      chainId: LOCAL_CHAIN_ID,
      genesis: { ...localGenesis(createCast(TEST_SEED)), ...genesis },
      ports,
      log: createLog('silent'),
    })
    started.engine.mine()
    started.engine.start({ blockTimeMs: BLOCK_MS })
    return started
  }
  const [rest = 0, rpc = 0] = await claimPorts(2)
  const node = await start({ rest, rpc })
  let running = node
  const client = createClient({ url: node.restUrl, rpc: node.rpcUrl })
  const env = { STARLING_HOME: home, STARLING_NODE: node.restUrl, STARLING_RPC: node.rpcUrl }
  const starling: TestNet['starling'] = (argv, options = {}) =>
    runWith(argv, { ...options, env: { ...env, ...options.env } })
  return {
    home,
    node,
    client,
    starling,
    live: (argv) => liveRun(argv, env),
    env,
    async json(...argv) {
      const { code, stdout, stderr } = await starling([...argv, '--json'])
      if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${stderr}`)
      return JSON.parse(stdout)
    },
    file: (name) => join(home, name),
    async reset() {
      await running.close()
      running = await start({ rest, rpc })
    },
    async close() {
      await client.close()
      await running.close()
      rmSync(home, { recursive: true })
    },
  }
}
