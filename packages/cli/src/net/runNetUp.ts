import { rmSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { fromHex } from '@starling/protocol/bytes/hex'
import { openPins } from '../chain/openPins.ts'
import type { Io } from '../io.ts'
import { findComet } from './findComet.ts'
import { LOOPBACK } from './freePorts.ts'
import type { Keeper } from './keepAlive.ts'
import { netDirectory, nodePaths } from './netPaths.ts'
import { type NetPlan, portsOf } from './netPlan.ts'
import { endLeftovers, refuseRunning, runnerFile } from './netRunner.ts'
import { type NetWishes, openNet } from './openNet.ts'
import { removePidFile, writePidFile } from './pidFile.ts'
import { checkPorts } from './planPorts.ts'
import { readNodeState } from './readNodeState.ts'
import { roles } from './role.ts'
import { runAgents } from './runAgents.ts'
import { superviseNode } from './superviseNode.ts'
import { waitForNodes } from './waitForNodes.ts'

/** Options of `starling net up`. */
export type NetUpOptions = NetWishes & {
  readonly io: Io
  readonly home: string
  /** Whether models and reputers work on it. */
  readonly agents: boolean
  /** Nodes that stay dead until `net restart`. */
  readonly late: readonly number[]
  readonly stop: AbortSignal
}

type Say = (sentence: string) => void
type Running = { readonly plan: NetPlan; readonly directory: string; readonly comet: string; readonly say: Say }

/** How long the nodes of a network may take until the first block. */
export const PATIENCE_MS = 90_000

/** Runs a network of several validators on this machine until it is asked to end, then ends every process of it. */
export async function runNetUp(options: NetUpOptions): Promise<void> {
  const { io, home } = options
  // As `starling up` does: the models' rows would let the heap grow to several times what it holds.
  setFlagsFromString('--heap-growing-percent=40')
  const say: Say = (sentence) => void io.stderr.write(`${sentence}\n`)
  const comet = await findComet(home, io.env.PATH ?? '')
  const plan = await takeOver(options, say)
  const directory = netDirectory(home)
  try {
    await checkPorts(plan.ports)
    say(`Starting ${plan.chainId}, ${plan.ports.length} validators, seed ${plan.seed},\nin ${directory}`)
    await runNodes(options, { plan, directory, comet, say })
    say(`The network is kept in ${directory}: the next start goes on from here, --reset begins anew.`)
  } finally {
    removePidFile(runnerFile(home))
  }
}

/** Makes this process the one that runs the network. */
async function takeOver(options: NetUpOptions, say: Say): Promise<NetPlan> {
  const { home, late } = options
  refuseRunning(home)
  const left = await endLeftovers(home)
  if (left > 0) say(`Ended ${left} ${left === 1 ? 'process' : 'processes'} that an earlier run had left behind.`)
  const plan = await openNet(home, options)
  for (const node of late) portsOf(plan, node)
  writePidFile(runnerFile(home), process.pid)
  return plan
}

async function runNodes(options: NetUpOptions, running: Running): Promise<void> {
  const { io, home, agents, late, stop } = options
  const { plan, directory, say } = running
  const nodes = plan.ports.map((_, i) => i + 1)
  for (const node of nodes) setHeld(directory, node, late.includes(node))
  const keepers = nodes.map((node) => superviseNode({ ...running, node }))
  try {
    const present = nodes.filter((node) => !late.includes(node))
    await waitForNodes({ directory, plan, stop }, present, { height: 1, patienceMs: PATIENCE_MS })
    if (stop.aborted) return
    await Promise.all(present.map((node) => pinNewest(home, plan, node)))
    for (const node of nodes) say(nodeLine(plan, node, late.includes(node)))
    if (agents) await runAgents({ io, directory, plan, say, stop })
    else await aborted(stop)
  } finally {
    say('Ending all processes.')
    await Promise.all(keepers.map(({ engine }: { readonly engine: Keeper }) => engine.stop()))
    await Promise.all(keepers.map(({ app }) => app.stop()))
  }
}

function setHeld(directory: string, node: number, isHeld: boolean): void {
  for (const role of roles) {
    const file = nodePaths(directory, node).held(role)
    if (isHeld) writeFileSync(file, '')
    else rmSync(file, { force: true })
  }
}

/** What stands at the node's address is this chain, whatever stood there before: verified reads go on from its newest block. */
async function pinNewest(home: string, plan: NetPlan, node: number): Promise<void> {
  const { rest, rpc } = portsOf(plan, node)
  const { block } = await readNodeState({ rest, rpc })
  const hash = block === undefined ? undefined : fromHex(block.hash.toLowerCase())
  if (block === undefined || hash === undefined) return
  openPins(home).write(`http://${LOOPBACK}:${rpc}`, { chainId: plan.chainId, height: BigInt(block.height), hash })
}

function nodeLine(plan: NetPlan, node: number, isLate: boolean): string {
  const { rest, rpc } = portsOf(plan, node)
  const where = `node ${node}: REST http://${LOOPBACK}:${rest}, RPC http://${LOOPBACK}:${rpc}`
  return isLate ? `${where}, not started until "starling net restart ${node}"` : where
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
