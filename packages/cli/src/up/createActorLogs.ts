import { createWriteStream } from 'node:fs'
import type { Log } from '@starling/services/shared/log'
import type { CastMember } from './cast.ts'

/** Logs of many actors in one file, troubles only. */
export type ActorLogs = {
  of(member: CastMember): Log
  /** The newest trouble, or an empty text. */
  newest(): string
  close(): void
}

/** Opens the file for appending. */
export function createActorLogs(file: string): ActorLogs {
  const stream = createWriteStream(file, { flags: 'a' })
  // A disk that is full must not end the network: the log is for reading afterwards.
  stream.on('error', () => undefined)
  let newest = ''
  const write = (level: string, name: string, sentence: string): void => {
    newest = `${name}: ${sentence}`
    stream.write(`${new Date().toISOString()} ${level} ${newest}\n`)
  }
  return {
    of: ({ name }) => ({
      info: () => undefined,
      warn: (sentence) => write('warn', name, sentence),
      error: (sentence) => write('error', name, sentence),
    }),
    newest: () => newest,
    close: () => stream.end(),
  }
}
