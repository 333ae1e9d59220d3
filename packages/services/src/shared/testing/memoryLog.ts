import type { Log } from '../log.ts'

/** A log that keeps what it is told, one line each: `warn the sentence`. */
export type MemoryLog = Log & { readonly lines: readonly string[]; matching(pattern: RegExp): readonly string[] }

/** An empty log. */
export function createMemoryLog(): MemoryLog {
  const lines: string[] = []
  return {
    lines,
    matching: (pattern) => lines.filter((line) => pattern.test(line)),
    info: (sentence) => void lines.push(`info ${sentence}`),
    warn: (sentence) => void lines.push(`warn ${sentence}`),
    error: (sentence) => void lines.push(`error ${sentence}`),
  }
}
