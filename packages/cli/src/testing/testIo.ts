import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Io } from '../io.ts'
import { run } from '../run.ts'

/** What a command line did. */
export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs one command line in process. `stdin` is piped; with `terminal` the streams are terminals and it is typed. */
export async function runWith(
  argv: readonly string[],
  options: {
    readonly stdin?: string | Uint8Array
    readonly terminal?: boolean
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<Ran> {
  const terminal = options.terminal === true
  const moves = { cursorTo: () => true, moveCursor: () => true, clearLine: () => true }
  const stream = () => Object.assign(new PassThrough(), terminal ? { isTTY: true, ...moves } : {})
  const [stdin, stdout, stderr] = [stream(), stream(), stream()]
  stdin.write(options.stdin ?? '')
  if (!terminal) stdin.end()
  const io: Io = { stdin, stdout, stderr, env: options.env ?? {} }
  const printed = Promise.all([text(stdout), text(stderr)])
  const code = await run(argv, io)
  stdout.end()
  stderr.end()
  const [out, talk] = await printed
  return { code, stdout: out, stderr: talk }
}
