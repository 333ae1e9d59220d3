import { type Logger, pino } from 'pino'

/** A structured log. */
export type Log = Logger

/** Levels of the log, from everything to nothing. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** A log of JSON lines on stderr, so that stdout stays free for data. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: {} }, pino.destination({ dest: 2, sync: true }))
}
