import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'

/** Whether there is somebody to ask. */
export function canAsk({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on the terminal, without showing what is typed; one answer a question. Ctrl-C and Ctrl-D end the command. */
export async function askHidden(
  io: Pick<Io, 'stdin' | 'stderr'>,
  questions: readonly string[],
): Promise<readonly string[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: io.stdin, output: nowhere, terminal: true, historySize: 0 })
  terminal.on('SIGINT', () => terminal.close())
  const answers: string[] = []
  try {
    // One reader for all questions: what is typed ahead belongs to the next one.
    const lines = terminal[Symbol.asyncIterator]()
    for (const question of questions) {
      io.stderr.write(`${question}: `)
      const { value, done } = await lines.next()
      io.stderr.write('\n')
      if (done === true) throw new CliError(2, 'Cancelled; nothing was changed.')
      answers.push(value)
    }
    return answers
  } finally {
    terminal.close()
  }
}
