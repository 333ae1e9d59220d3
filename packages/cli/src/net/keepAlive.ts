import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { NodePaths } from './netPaths.ts'
import { removePidFile, writePidFile } from './pidFile.ts'
import { type Role, roleNames } from './role.ts'

/** A process that is kept running. */
export type Keeper = {
  /** True while it runs. */
  isUp(): boolean
  /** Ends it for good: asks, then forces. */
  stop(): Promise<void>
}

/** What is kept running, and how. */
export type KeeperOptions = {
  readonly node: number
  readonly role: Role
  readonly paths: NodePaths
  readonly file: string
  readonly args: readonly string[]
  /** Resolves when what it needs is there. */
  readonly ready?: (stop: AbortSignal) => Promise<void>
  readonly say: (sentence: string) => void
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** A process that ran so long was healthy. */
const HEALTHY_MS = 10_000
const LOOK_MS = 200
const PATIENCE_MS = 10_000
/** A log that is longer is set aside at the next start. */
const LONGEST_LOG = 16 * 2 ** 20

/**
 * Starts a process, and starts it again whenever it ends, whatever its status: CometBFT ends with 0 when its application
 * dies. While the file `held` is there it was ended on purpose and stays dead.
 */
export function keepAlive(options: KeeperOptions): Keeper {
  const { paths, role } = options
  const stopping = new AbortController()
  let child: ChildProcess | undefined
  const start = (): Promise<string> =>
    runOnce(options, (started) => {
      child = started
    })
  const ended = keep(options, start, stopping.signal)
  return {
    isUp: () => child !== undefined && child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    async stop() {
      stopping.abort()
      child?.kill('SIGTERM')
      const patience = new AbortController()
      const force = pause(PATIENCE_MS, patience.signal).then(() => patience.signal.aborted || child?.kill('SIGKILL'))
      await ended
      patience.abort()
      await force
      removePidFile(paths.pid(role))
    },
  }
}

async function keep(options: KeeperOptions, start: () => Promise<string>, stop: AbortSignal): Promise<void> {
  const { node, role, paths, ready, say } = options
  let pauseMs = FIRST_PAUSE_MS
  while (!stop.aborted) {
    if (existsSync(paths.held(role))) {
      await pause(LOOK_MS, stop)
      continue
    }
    await ready?.(stop)
    if (stop.aborted || existsSync(paths.held(role))) continue
    const begun = Date.now()
    const how = await start()
    removePidFile(paths.pid(role))
    if (stop.aborted) return
    const isHeld = existsSync(paths.held(role))
    say(`node ${node}: ${roleNames[role]} ${how}${isHeld ? ', on purpose' : '; starting it again'}.`)
    pauseMs = Date.now() - begun > HEALTHY_MS ? FIRST_PAUSE_MS : Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    await pause(pauseMs, stop)
  }
}

/** Runs it once, in a process group of its own so that Ctrl-C reaches only the supervisor; resolves to how it ended. */
async function runOnce(
  { role, paths, file, args }: KeeperOptions,
  onStart: (child: ChildProcess) => void,
): Promise<string> {
  const log = openLog(paths.log(role))
  try {
    const child = spawn(file, args, { cwd: paths.home, detached: true, stdio: ['ignore', log, log] })
    onStart(child)
    if (child.pid !== undefined) writePidFile(paths.pid(role), child.pid)
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve(`cannot be started (${error.message})`))
      child.once('exit', (code, signal) =>
        resolve(signal === null ? `ended with status ${code}` : `was ended by ${signal}`),
      )
    })
  } finally {
    closeSync(log)
  }
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG) renameSync(file, `${file}.old`)
  const log = openSync(file, 'a')
  writeSync(log, `--- ${new Date().toISOString()} started\n`)
  return log
}

/** Sleeps, or less where it is asked to stop. */
async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal: stop }).catch(() => undefined)
}
