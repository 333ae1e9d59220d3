import type { Log } from '@starling/services/shared/log'
import type { Io } from '../io.ts'
import { paintFor } from '../output/paintFor.ts'
import { printable } from '../output/printable.ts'

/** What a daemon says, on stderr; warnings and errors in colour where there is colour. */
export function terminalLog({ stderr, env }: Pick<Io, 'stderr' | 'env'>): Log {
  const paint = paintFor(stderr, env)
  return {
    info: (sentence) => stderr.write(`${printable(sentence)}\n`),
    warn: (sentence) => stderr.write(`${paint('yellow', printable(sentence))}\n`),
    error: (sentence) => stderr.write(`${paint('red', printable(sentence))}\n`),
  }
}
