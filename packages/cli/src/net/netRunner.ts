import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../cliError.ts'
import { endProcess } from './endProcess.ts'
import { netDirectory, nodePaths } from './netPaths.ts'
import { type KnownProcess, readPidFile, removePidFile } from './pidFile.ts'
import { roles } from './role.ts'

const PATIENCE_MS = 10_000

/** The pid file of the process that keeps a network running. */
export function runnerFile(home: string): string {
  return join(netDirectory(home), 'net.pid')
}

/** The process that keeps the network of a home folder running; undefined where none does. */
export function findRunner(home: string): KnownProcess | undefined {
  return readPidFile(runnerFile(home))
}

/** The same, where there must be one. */
export function requireRunner(home: string): KnownProcess {
  const runner = findRunner(home)
  if (runner !== undefined) return runner
  throw new CliError(3, `The network in ${netDirectory(home)} is not running. Start it with "starling net up".`)
}

/** Throws a `CliError` where somebody keeps it running already. */
export function refuseRunning(home: string): void {
  const runner = findRunner(home)
  if (runner !== undefined) {
    throw new CliError(
      2,
      `The network in ${netDirectory(home)} runs already, as process ${runner.pid}. "starling net status" shows it, "starling net stop" ends it.`,
    )
  }
}

/** Ends the processes of a network whose runner was killed; returns how many there were. */
export async function endLeftovers(home: string): Promise<number> {
  const directory = netDirectory(home)
  const files = nodesIn(directory).flatMap((node) => roles.map(nodePaths(directory, node).pid))
  const left = files.flatMap((file) => readPidFile(file) ?? [])
  await Promise.all(left.map((one) => endProcess(one, PATIENCE_MS)))
  for (const file of files) removePidFile(file)
  return left.length
}

function nodesIn(directory: string): readonly number[] {
  try {
    return readdirSync(directory).flatMap((name) => Number(/^node([1-9][0-9]?)$/.exec(name)?.[1] ?? []) || [])
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
