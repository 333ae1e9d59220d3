import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { claimPorts } from '@starling/cli/testing/claimPorts'
import { createRpc } from '@starling/sdk/http/createRpc'
import { at, integerAt } from '@starling/sdk/http/json'
import { eventually, Hopeless } from '../../harness/eventually.ts'
import { type Launched, launch, launchProgram } from '../../harness/launch.ts'
import type { Scope } from '../../harness/scope.ts'
import { findCometBft } from './findCometBft.ts'

/** A validator of a network: an application and a CometBFT, each a process that can be killed and started again. */
export type Validator = {
  readonly home: string
  readonly rest: string
  readonly rpc: string
  readonly app: Part
  readonly comet: Part
  /** Starts what does not run, the application first. */
  start(): Promise<void>
  /** The same, with an application that has a fault of `strangeNode.mjs`. */
  startStrange(fault: string, ...given: readonly string[]): Promise<void>
  /** `kill -9` of both. */
  kill(): Promise<void>
  /** What a method of the RPC server returns. */
  ask(method: string, params?: Readonly<Record<string, string>>): Promise<unknown>
  height(): Promise<bigint>
  /** Waits until this block stands here; throws where its CometBFT ends before. */
  untilHeight(height: bigint): Promise<void>
}

/** One of a validator's two processes. */
export type Part = {
  /** The newest process; throws before the first. */
  process(): Launched
  start(...strange: readonly string[]): Promise<void>
  kill(): Promise<void>
}

/** The chain id of the networks. */
export const CHAIN_ID = 'starling-comet-1'

/** Lays out a network of so many validators; none of them runs yet. The scope ends what will. */
export async function layOutValidators(scope: Scope, count: number, appState: unknown): Promise<readonly Validator[]> {
  const comet = await findCometBft()
  const net = join(scope.folder(), 'net')
  execFileSync(comet, ['testnet', '--v', String(count), '--o', net, '--populate-persistent-peers=false'])
  const homes = Array.from({ length: count }, (_, i) => join(net, `node${i}`))
  const ports = await claimPorts(3 * count)
  const plans = homes.map((home, i) => {
    const [rest = 0, rpc = 0, p2p = 0] = ports.slice(3 * i)
    return { home, rest, rpc, p2p, peer: `${nodeId(home)}@127.0.0.1:${p2p}` }
  })
  for (const { home, rpc, p2p } of plans) {
    const peers = plans.filter((other) => other.home !== home).map(({ peer }) => peer)
    writeFileSync(join(home, 'config', 'config.toml'), configOf({ home, rpc, p2p, peers }))
    const file = join(home, 'config', 'genesis.json')
    const genesis: unknown = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...Object(genesis), chain_id: CHAIN_ID, app_state: appState }))
  }
  return plans.map((plan) => createValidator(scope, comet, plan))
}

/** Where the application of a home folder serves ABCI. */
function abciOf(home: string): string {
  return `unix://${join(home, 'abci.sock')}`
}

const STRANGE = fileURLToPath(new URL('strangeNode.mjs', import.meta.url))

type Plan = { readonly home: string; readonly rest: number; readonly rpc: number; readonly p2p: number }

function createValidator(scope: Scope, comet: string, plan: Plan): Validator {
  const { home } = plan
  const [rest, rpc] = [`http://127.0.0.1:${plan.rest}`, `http://127.0.0.1:${plan.rpc}`]
  const app = createPart(async (...strange: readonly string[]) => {
    const [fault, ...given] = strange
    const port = String(plan.rest)
    const normal = ['node', 'start', '--home', home, '--abci', abciOf(home), '--rpc', rpc, '--rest-port', port]
    const launched =
      fault === undefined
        ? launch(scope, [...normal, '--metrics-port', '0'])
        : launchProgram(scope, { name: 'a strange node', file: process.execPath, before: [STRANGE] }, [
            fault,
            home,
            abciOf(home),
            rpc,
            port,
            ...given,
          ])
    await launched.says(/: ABCI unix:/)
    return launched
  })
  const { call: ask } = createRpc({ fetch, timeoutMs: 10_000, url: rpc, flag: '--rpc' })
  const engine = createPart(async () => {
    const launched = launchProgram(scope, { name: 'cometbft', file: comet }, ['node', '--home', home])
    await eventually(`an answer of CometBFT at ${rpc}`, () => {
      if (launched.child.exitCode !== null) throw new Hopeless(`it has ended:\n${launched.stdout()}`)
      return ask('status')
    })
    return launched
  })
  const height = async (): Promise<bigint> => integerAt(await ask('status'), ['sync_info', 'latest_block_height'])
  return {
    home,
    rest,
    rpc,
    app,
    comet: engine,
    async start() {
      await app.start()
      await engine.start()
    },
    async startStrange(...strange) {
      await app.start(...strange)
      await engine.start()
    },
    async kill() {
      await Promise.all([engine.kill(), app.kill()])
    },
    ask,
    height,
    untilHeight: (wanted) =>
      eventually(`block ${wanted} at ${rpc}`, async () => {
        const { child, stdout } = engine.process()
        if (child.exitCode !== null) throw new Hopeless(`CometBFT has ended:\n${stdout()}`)
        return (await height()) >= wanted ? true : undefined
      }).then(() => undefined),
  }
}

function createPart(begin: (...strange: readonly string[]) => Promise<Launched>): Part {
  let newest: Launched | undefined
  const process = (): Launched => {
    if (newest === undefined) throw new Error('this process was never started')
    return newest
  }
  const runs = (): boolean => newest !== undefined && newest.child.exitCode === null && newest.child.signalCode === null
  return {
    process,
    async start(...strange) {
      if (!runs()) newest = await begin(...strange)
    },
    async kill() {
      if (runs()) await process().stop('SIGKILL')
    },
  }
}

/** CometBFT's id of a node: of its key's address, in hexadecimal. */
function nodeId(home: string): string {
  const file: unknown = JSON.parse(readFileSync(join(home, 'config', 'node_key.json'), 'utf8'))
  const key = Buffer.from(String(at(file, 'priv_key', 'value')), 'base64').subarray(32)
  return createHash('sha256').update(key).digest('hex').slice(0, 40)
}

type Config = { readonly home: string; readonly rpc: number; readonly p2p: number; readonly peers: readonly string[] }

/** Short waits, so that a test need not wait long: a block takes some 200 ms. */
function configOf({ home, rpc, p2p, peers }: Config): string {
  return `proxy_app = "${abciOf(home)}"
moniker = "${rpc}"
log_level = "error"
[rpc]
laddr = "tcp://127.0.0.1:${rpc}"
pprof_laddr = ""
[p2p]
laddr = "tcp://127.0.0.1:${p2p}"
persistent_peers = "${peers.join(',')}"
addr_book_strict = false
allow_duplicate_ip = true
pex = false
flush_throttle_timeout = "10ms"
[consensus]
timeout_propose = "1500ms"
timeout_propose_delta = "200ms"
timeout_prevote = "300ms"
timeout_prevote_delta = "200ms"
timeout_precommit = "300ms"
timeout_precommit_delta = "200ms"
timeout_commit = "100ms"
peer_gossip_sleep_duration = "10ms"
`
}
