import { createBoundedMap } from './boundedMap.ts'

/** Where a daemon says in sentences what it does. A pino logger is one. */
export type Log = {
  info(sentence: string): void
  warn(sentence: string): void
  error(sentence: string): void
}

/** Says a sentence only when it differs from the last one on the same subject. */
export type SayOnce = {
  say(level: keyof Log, subject: string, sentence: string): void
}

const REMEMBERED = 100

/** A log that does not repeat itself: a trouble that lasts is told once. */
export function createSayOnce(log: Log): SayOnce {
  const said = createBoundedMap<string, string>(REMEMBERED)
  return {
    say(level, subject, sentence) {
      if (said.get(subject) === sentence) return
      said.set(subject, sentence)
      log[level](sentence)
    },
  }
}
