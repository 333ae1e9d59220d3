import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createLineSplitter } from '../../shared/lineSplitter.ts'
import { systemTimers, type Timers } from '../../shared/timers.ts'
import type { Model } from './types.ts'

const LONGEST_LINE = 2 ** 20
const GRACE_MS = 2_000

/** How a process model behaves. */
export type ProcessModelOptions = {
  /** What the process says on stderr. */
  readonly onLine: (line: string) => void
  readonly timers?: Timers
}

type Slot = { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }
type Child = { readonly process: ChildProcessWithoutNullStreams; readonly ended: Promise<void>; slot: Slot | undefined }

/**
 * A model that is a program: one line of JSON in, one line of JSON out. An input with `workers` asks for a forecast. The
 * program is started at the first question and again after it died, gave garbage or was asked in vain; only one question
 * is open at a time.
 */
export function processModel(command: string, args: readonly string[], options: ProcessModelOptions): Model {
  let running: Child | undefined
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const drop = (child: Child, reason: string): void => {
    if (running === child) running = undefined
    const { slot } = child
    child.slot = undefined
    slot?.reject(new Error(reason))
  }
  const end = async (child: Child, reason: string): Promise<void> => {
    drop(child, reason)
    await endProcess(child, options.timers ?? systemTimers)
  }
  const start = (): Child => {
    if (isClosed) throw new Error('the model was closed')
    running ??= startProcess(command, args, {
      onLine: options.onLine,
      onEnd: drop,
      onFault: (child, reason) => void end(child, reason),
    })
    return running
  }
  const exchange = async (input: object, signal: AbortSignal): Promise<unknown> => {
    if (signal.aborted) throw new Error('nobody waits for it any more')
    const child = start()
    // A late answer would be taken for that of the next question.
    const leave = (): void => void end(child, 'nobody waits for it any more')
    signal.addEventListener('abort', leave)
    try {
      return JSON.parse(await writeAndRead(child, input))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      void end(child, 'it printed no JSON')
      throw new Error('it printed something else than one line of JSON', { cause: error })
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }
  const ask = (input: object, signal: AbortSignal): Promise<unknown> => {
    const answer = last.then(() => exchange(input, signal))
    last = answer.catch(() => {})
    return answer
  }
  return {
    predict: ask,
    forecast: ask,
    async close() {
      isClosed = true
      if (running !== undefined) await end(running, 'the model was closed')
    },
  }
}

function writeAndRead(child: Child, input: object): Promise<string> {
  return new Promise((resolve, reject) => {
    child.slot = { resolve, reject }
    child.process.stdin.write(`${JSON.stringify(input)}\n`)
  })
}

type ProcessEvents = {
  readonly onLine: (line: string) => void
  readonly onEnd: (child: Child, reason: string) => void
  /** The process does what it must not. */
  readonly onFault: (child: Child, reason: string) => void
}

function startProcess(command: string, args: readonly string[], { onLine, onEnd, onFault }: ProcessEvents): Child {
  const process = spawn(command, args, { stdio: 'pipe', windowsHide: true })
  const ended = new Promise<void>((resolve) => process.on('exit', () => resolve()).on('error', () => resolve()))
  const child: Child = { process, ended, slot: undefined }
  process.on('error', (error) => onEnd(child, `${command} cannot be run: ${error.message}`))
  process.on('exit', (code, signal) => onEnd(child, `${command} ended with ${signal ?? `status ${code}`}`))
  // A process that is gone tells by its exit.
  process.stdin.on('error', () => {})
  const stdout = createLineSplitter(
    LONGEST_LINE,
    (line) => {
      if (line.trim() === '') return
      const { slot } = child
      child.slot = undefined
      if (slot !== undefined) slot.resolve(line)
      else onFault(child, 'it printed a line that nobody asked for')
    },
    () => onFault(child, 'it printed a line above 1 MiB'),
  )
  const stderr = createLineSplitter(2_000, onLine, (start) => onLine(`${start}…`))
  process.stdout.on('data', (chunk: Uint8Array) => stdout.write(chunk))
  process.stderr.on('data', (chunk: Uint8Array) => stderr.write(chunk))
  return child
}

/** Asks the process to end, and makes it end where it does not. */
async function endProcess({ process, ended }: Child, timers: Timers): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return
  process.kill('SIGTERM')
  const patience = new AbortController()
  void timers.sleep(GRACE_MS, patience.signal).then(() => {
    if (!patience.signal.aborted) process.kill('SIGKILL')
  })
  await ended
  patience.abort()
}
