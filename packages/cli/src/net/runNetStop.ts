import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { isGone } from './endProcess.ts'
import { netDirectory } from './netPaths.ts'
import { requireNetPlan } from './netPlan.ts'
import { endLeftovers, findRunner, runnerFile } from './netRunner.ts'
import { removePidFile, signalProcess } from './pidFile.ts'

const PATIENCE_MS = 30_000

/** Ends a network: the process that runs it ends the others; what a killed one left behind is ended here. */
export async function runNetStop({ io, home }: { readonly io: Io; readonly home: string }): Promise<void> {
  requireNetPlan(home)
  const runner = findRunner(home)
  if (runner !== undefined) {
    signalProcess(runner, 'SIGTERM')
    if (!(await isGone(runner, PATIENCE_MS))) {
      throw new CliError(
        3,
        `Process ${runner.pid}, which runs the network in ${netDirectory(home)}, has not ended within ${PATIENCE_MS / 1000} s. Look at what it prints, or end it with "kill -9 ${runner.pid}" and call "starling net stop" again.`,
      )
    }
  }
  removePidFile(runnerFile(home))
  const left = await endLeftovers(home)
  const what =
    runner !== undefined
      ? 'The network has ended.'
      : left > 0
        ? `Ended ${left} ${left === 1 ? 'process' : 'processes'} whose runner had been killed.`
        : 'The network was not running.'
  io.stderr.write(`${what} It is kept in ${netDirectory(home)}.\n`)
}
