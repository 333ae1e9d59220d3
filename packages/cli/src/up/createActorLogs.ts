import { createWriteStream } from 'node:fs'
import type { Log } from '@starling/services/shared/log'
import type { CastMember } from './castMember.ts'

/** Logs of many actors in one file, troubles only. */
export type ActorLogs = {
  of(member: CastMember): Log
  /** The newest trouble while it is new, or an empty text. */
  newest(): string
  close(): void
}

/** How long a trouble is worth showing. */
const SHOWN_MS = 15_000

/** Opens the file for appending. */
export function createActorLogs(file: string): ActorLogs {
  const stream = createWriteStream(file, { flags: 'a' })
  // A disk that is full must not end the network: the log is for reading afterwards.
  stream.on('error', () => undefined)
  let newest = ''
  let noticed = 0
  const write = (level: string, name: string, sentence: string): void => {
    newest = `${name}: ${sentence}`
    noticed = performance.now()
    stream.write(`${new Date().toISOString()} ${level} ${newest}\n`)
  }
  return {
    of: ({ name }) => ({
      info: () => undefined,
      warn: (sentence) => write('warn', name, sentence),
      error: (sentence) => write('error', name, sentence),
    }),
    newest: () => (performance.now() - noticed < SHOWN_MS ? newest : ''),
    close: () => stream.end(),
  }
}
