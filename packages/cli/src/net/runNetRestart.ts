import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../io.ts'
import { endProcess } from './endProcess.ts'
import { type NodePaths, netDirectory, nodePaths } from './netPaths.ts'
import { portsOf, requireNetPlan } from './netPlan.ts'
import { requireRunner } from './netRunner.ts'
import { readPidFile } from './pidFile.ts'
import { readNodeState } from './readNodeState.ts'
import type { Role } from './role.ts'
import { waitForNodes } from './waitForNodes.ts'

const END_MS = 10_000
const BACK_MS = 120_000

/** Starts processes of a node again, those that run after a polite end, and waits until the node has caught up. */
export async function runNetRestart({
  io,
  home,
  node,
  roles,
  wipe,
  stop,
}: {
  readonly io: Io
  readonly home: string
  readonly node: number
  readonly roles: readonly Role[]
  /** Forgets blocks and state first, so that the node fetches the whole chain. */
  readonly wipe: boolean
  readonly stop: AbortSignal
}): Promise<void> {
  const plan = requireNetPlan(home)
  const ports = portsOf(plan, node)
  requireRunner(home)
  const directory = netDirectory(home)
  const paths = nodePaths(directory, node)
  // Marked while they end, so that each ends once and both are started together.
  for (const role of roles) writeFileSync(paths.held(role), '')
  for (const role of roles.toReversed()) {
    const known = readPidFile(paths.pid(role))
    if (known !== undefined) await endProcess(known, END_MS)
  }
  if (wipe) forget(paths)
  for (const role of roles) rmSync(paths.held(role), { force: true })
  const begun = performance.now()
  const others = await Promise.all(plan.ports.filter((other) => other !== ports).map(readNodeState))
  const newest = Math.max(1, ...others.map(({ height = 0 }) => height))
  await waitForNodes({ directory, plan, stop }, [node], { height: newest, patienceMs: BACK_MS })
  if (stop.aborted) return
  const { height = newest } = await readNodeState(ports)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  io.stderr.write(`node ${node} is back after ${seconds} s, at block ${height}\n`)
}

/** Removes blocks and state, but not the note of what the validator has signed: it must sign nothing twice. */
function forget({ home, data }: NodePaths): void {
  const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders) rmSync(join(data, name), { recursive: true })
  for (const name of ['state', 'blocks']) rmSync(join(home, name), { recursive: true, force: true })
}
