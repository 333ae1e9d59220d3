import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually, Hopeless } from './eventually.ts'
import type { Scope } from './scope.ts'

/** The launcher of the command line. */
export const STARLING: string = fileURLToPath(new URL('../../packages/cli/bin/starling.mjs', import.meta.url))

/** What became of a process: its exit code, or the signal that ended it, and all that it printed. */
export type Ended = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that was started, `starling` with its arguments. */
export type Launched = {
  readonly child: ChildProcess
  /** What it has printed so far. */
  stdout(): string
  stderr(): string
  /** Waits until stdout and stderr together match; throws with what was printed where that does not come about. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves when it has ended and all that it printed has arrived. */
  readonly ended: Promise<Ended>
  /** Sends the signal, then waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
}

/** Where and with what a process runs. */
export type LaunchOptions = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> }

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts `starling`; the scope ends it where it still runs. */
export function launch(scope: Scope, args: readonly string[], options: LaunchOptions = {}): Launched {
  return launchProgram(scope, { name: 'starling', file: process.execPath, before: [STARLING] }, args, options)
}

/** A program: what it is called in sentences, its file, and arguments that always come first. */
export type Program = { readonly name: string; readonly file: string; readonly before?: readonly string[] }

/** Starts a program; the scope ends it where it still runs. */
export function launchProgram(
  scope: Scope,
  { name, file, before = [] }: Program,
  args: readonly string[],
  { cwd, env }: LaunchOptions = {},
): Launched {
  const command = `${name} ${args.join(' ')}`
  const child = spawn(file, [...before, ...args], {
    cwd,
    env: { PATH: process.env.PATH, NO_COLOR: '1', HOME: cwd ?? '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const printed = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text
    })
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal, ...printed })
    })
  })
  scope.defer(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const said = (): string => `${printed.stdout}${printed.stderr}`
  return {
    child,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    ended,
    async says(pattern) {
      const what = `${command}: ${pattern}`
      try {
        return await eventually(what, () => {
          const match = pattern.exec(said())
          if (match === null && !running.has(child)) throw new Hopeless('it has ended')
          return match ?? undefined
        })
      } catch (error) {
        throw new Error(`${what} was not said, but\n${said()}`, { cause: error })
      }
    },
    async stop(signal = 'SIGINT') {
      child.kill(signal)
      return eventually(`the end of ${command}`, async () => (running.has(child) ? undefined : ended))
    },
  }
}

/** Runs `starling` to its end. */
export function run(scope: Scope, args: readonly string[], options: LaunchOptions = {}): Promise<Ended> {
  return launch(scope, args, options).ended
}
