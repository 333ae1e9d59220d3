import { PassThrough } from 'node:stream'
import type { Io } from '../io.ts'
import { run } from '../run.ts'
import type { Ran } from './testIo.ts'

/** A command line that runs, and whose talk can be followed. */
export type LiveRun = {
  /** Resolves once stdout and stderr together match; rejects when the command ends before. */
  said(pattern: RegExp): Promise<void>
  readonly ended: Promise<Ran>
}

/** Streams whose text can be followed. */
export function followedIo(env: Io['env']): {
  readonly io: Io
  readonly text: { stdout: string; stderr: string }
  readonly said: (pattern: RegExp) => Promise<void>
} {
  const text = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  const stream = (name: 'stdout' | 'stderr'): PassThrough =>
    new PassThrough().setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      for (const look of [...waiting]) look()
    })
  const io = { stdin: new PassThrough(), stdout: stream('stdout'), stderr: stream('stderr'), env }
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!pattern.test(text.stdout + text.stderr)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { io, text, said }
}

/** Starts a command line in process. */
export function liveRun(argv: readonly string[], env: Io['env']): LiveRun {
  const { io, text, said } = followedIo(env)
  const ended = run(argv, io).then((code) => ({ code, ...text }))
  const early = ended.then((ran) => {
    throw new Error(`it ended with ${ran.code} before: ${ran.stderr}`)
  })
  early.catch(() => {})
  return { said: (pattern) => Promise.race([said(pattern), early]), ended }
}
