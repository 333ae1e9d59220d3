import { writeFileSync } from 'node:fs'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { isGone } from './endProcess.ts'
import { netDirectory, nodePaths } from './netPaths.ts'
import { portsOf, requireNetPlan } from './netPlan.ts'
import { requireRunner } from './netRunner.ts'
import { readPidFile, signalProcess } from './pidFile.ts'
import { type Role, roleNames } from './role.ts'

const PATIENCE_MS = 10_000

/** Kills processes of a node as a loss of power would (SIGKILL); they stay dead until `net restart`. */
export async function runNetKill({
  io,
  home,
  node,
  roles,
}: {
  readonly io: Io
  readonly home: string
  readonly node: number
  readonly roles: readonly Role[]
}): Promise<void> {
  portsOf(requireNetPlan(home), node)
  requireRunner(home)
  const paths = nodePaths(netDirectory(home), node)
  // Both marks first: the engine ends with its application, and must not be started again in between.
  for (const role of roles) writeFileSync(paths.held(role), '')
  for (const role of roles) {
    const known = readPidFile(paths.pid(role))
    if (known !== undefined) {
      signalProcess(known, 'SIGKILL')
      if (!(await isGone(known, PATIENCE_MS))) {
        throw new CliError(3, `Process ${known.pid} of node ${node} has not ended, although it was killed.`)
      }
    }
    const what = known === undefined ? 'was not running' : `(process ${known.pid}) is dead`
    io.stderr.write(`node ${node}: ${roleNames[role]} ${what}\n`)
  }
  io.stderr.write(`"starling net restart ${node}" brings it back.\n`)
}
