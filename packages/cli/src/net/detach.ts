import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { netDirectory } from './netPaths.ts'
import { readNetPlan } from './netPlan.ts'
import { findRunner, refuseRunning } from './netRunner.ts'
import { PATIENCE_MS } from './runNetUp.ts'
import { waitForNodes } from './waitForNodes.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
const LOOK_MS = 100

/** What a network in the background is started with. */
export type DetachOptions = {
  readonly io: Io
  readonly home: string
  /** Arguments of `starling net up`, without `--detach`. */
  readonly args: readonly string[]
  readonly late: readonly number[]
  readonly stop: AbortSignal
}

/** Starts `starling net up` in the background and waits until its nodes make blocks. */
export async function detach({ io, home, args, late, stop }: DetachOptions): Promise<void> {
  // Before its log is begun anew.
  refuseRunning(home)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const file = join(home, 'net.log')
  const log = openSync(file, 'w')
  const child = spawn(process.execPath, [PROGRAM, 'net', 'up', '--home', home, ...args], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let code: number | null | undefined
  const ending = new AbortController()
  child.once('error', () => ending.abort())
  child.once('exit', (status) => {
    code = status
    ending.abort()
  })
  const gone = AbortSignal.any([stop, ending.signal])
  while (!gone.aborted && (child.pid === undefined || findRunner(home)?.pid !== child.pid)) await pause(gone)
  const plan = readNetPlan(home)
  if (plan !== undefined && !gone.aborted) {
    const nodes = plan.ports.map((_, i) => i + 1).filter((node) => !late.includes(node))
    await waitForNodes({ directory: netDirectory(home), plan, stop: gone }, nodes, {
      height: 1,
      patienceMs: PATIENCE_MS,
    })
  }
  if (stop.aborted) child.kill('SIGTERM')
  child.unref()
  if (ending.signal.aborted) {
    const said = readFileSync(file, 'utf8').trim()
    throw new CliError(code === 2 ? 2 : 3, said === '' ? `The network ended with status ${code}.` : said)
  }
  if (!stop.aborted) io.stderr.write(`The network runs in the background; what it says goes to ${file}.\n`)
}

async function pause(stop: AbortSignal): Promise<void> {
  await wait(LOOK_MS, undefined, { signal: stop }).catch(() => undefined)
}
