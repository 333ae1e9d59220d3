import { existsSync, readFileSync } from 'node:fs'
import { at } from '@starling/sdk/http/json'
import { askJson } from './askJson.ts'
import { LOOPBACK } from './freePorts.ts'
import { netDirectory, nodePaths } from './netPaths.ts'
import { type NetPlan, type NodePorts, portsOf } from './netPlan.ts'
import { findRunner } from './netRunner.ts'
import { readPidFile } from './pidFile.ts'
import { readNodeState } from './readNodeState.ts'
import type { Role } from './role.ts'

/** One process of a node: running, ended on purpose by `net kill`, or down for another reason. */
export type ProcessStatus = {
  readonly state: 'running' | 'killed' | 'down'
  readonly pid: number | null
  /** Resident memory in MiB; null where the system does not tell. */
  readonly memoryMiB: number | null
}

/** One node as `net status --json` shows it. */
export type NodeStatus = {
  readonly node: number
  /** Newest block whose state the application has, and the hash of that state. */
  readonly height: number | null
  readonly appHash: string | null
  /** As CometBFT says it of itself. */
  readonly catchingUp: boolean | null
  /** Blocks that the newest node has and this one has not. */
  readonly behind: number | null
  readonly peers: number | null
  readonly app: ProcessStatus
  readonly engine: ProcessStatus
  readonly rest: string
  readonly rpc: string
  readonly ports: NodePorts
  readonly home: string
}

/** A network as `net status --json` shows it. */
export type NetStatus = {
  readonly chainId: string
  readonly seed: string
  readonly directory: string
  readonly running: boolean
  /** Of the process that keeps the others running. */
  readonly pid: number | null
  readonly blockTimeMs: number
  /** Whether the blocks at the lowest height of the nodes that answer name one application hash. */
  readonly agreement: Agreement | null
  readonly nodes: readonly NodeStatus[]
}

/** What the nodes' blocks say at one height. `appHash` is null where they differ. */
export type Agreement = { readonly height: number; readonly nodes: number; readonly appHash: string | null }

/** Looks at pid files and asks every node. */
export async function collectStatus(home: string, plan: NetPlan): Promise<NetStatus> {
  const directory = netDirectory(home)
  const runner = findRunner(home)
  const found = await Promise.all(plan.ports.map((_, i) => collectNode(directory, plan, i + 1)))
  const newest = Math.max(...found.map(({ height }) => height ?? 0))
  const nodes = found.map((one) => ({ ...one, behind: one.height === null ? null : newest - one.height }))
  return {
    chainId: plan.chainId,
    seed: plan.seed,
    directory,
    running: runner !== undefined,
    pid: runner?.pid ?? null,
    blockTimeMs: plan.blockTimeMs,
    agreement: await findAgreement(nodes),
    nodes,
  }
}

async function collectNode(directory: string, plan: NetPlan, node: number): Promise<Omit<NodeStatus, 'behind'>> {
  const paths = nodePaths(directory, node)
  const ports = portsOf(plan, node)
  const processOf = (role: Role): ProcessStatus => {
    const known = readPidFile(paths.pid(role))
    if (known !== undefined) return { state: 'running', pid: known.pid, memoryMiB: memoryOf(known.pid) }
    return { state: existsSync(paths.held(role)) ? 'killed' : 'down', pid: null, memoryMiB: null }
  }
  const [app, engine] = [processOf('app'), processOf('engine')]
  // Who answers at the port of a process that does not run is somebody else.
  const { height, appHash, catchingUp, peers } = await readNodeState(ports)
  const [hasApp, hasEngine] = [app.pid !== null, engine.pid !== null]
  return {
    node,
    height: hasApp ? (height ?? null) : null,
    appHash: hasApp ? (appHash ?? null) : null,
    catchingUp: hasEngine ? (catchingUp ?? null) : null,
    peers: hasEngine ? (peers ?? null) : null,
    app,
    engine,
    rest: `http://${LOOPBACK}:${ports.rest}`,
    rpc: `http://${LOOPBACK}:${ports.rpc}`,
    ports,
    home: paths.home,
  }
}

function memoryOf(pid: number): number | null {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Math.round(Number(kib) / 1024)
  } catch {
    return null
  }
}

async function findAgreement(nodes: readonly NodeStatus[]): Promise<Agreement | null> {
  const answering = nodes.filter(({ height, engine }) => height !== null && height > 0 && engine.pid !== null)
  const height = Math.min(...answering.map((node) => node.height ?? 0))
  const headers = await Promise.all(answering.map(({ rpc }) => askJson(`${rpc}/header?height=${height}`)))
  const hashes = headers.flatMap((json) => {
    const hash = at(json, 'result', 'header', 'app_hash')
    return typeof hash === 'string' ? [hash] : []
  })
  const [appHash] = hashes
  if (appHash === undefined) return null
  return { height, nodes: hashes.length, appHash: hashes.every((hash) => hash === appHash) ? appHash : null }
}
