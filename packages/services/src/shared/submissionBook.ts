import { createBoundedMap } from './boundedMap.ts'
import { sentenceOf } from './failure.ts'
import type { Journal, JournalEntry, SubmissionState } from './journal.ts'
import { createSayOnce, type Log } from './log.ts'

/** For which nonces of one topic and role nothing is left to submit: what this process knows, and its journal. */
export type SubmissionBook = {
  isDone(nonce: bigint): boolean
  setDone(nonce: bigint, isDone: boolean): void
  /**
   * Writes into the journal; false where it cannot be written, which is said unless `stop` has closed the journal. What
   * opens a commitment stays with it.
   */
  note(nonce: bigint, state: SubmissionState, more?: Note): Promise<boolean>
}

/** What else is noted. */
export type Note = {
  readonly hash?: string | undefined
  readonly reveal?: string | undefined
  readonly stop?: AbortSignal | undefined
}

/** What a book is made of. */
export type SubmissionBookOptions = {
  readonly topicId: bigint
  readonly role: JournalEntry['role']
  readonly journal: Journal
  readonly log: Log
}

const REMEMBERED = 256

/** A book that goes on from its journal: what was sent, or may have been, is done. */
export function createSubmissionBook({ topicId: topic, role, journal, log }: SubmissionBookOptions): SubmissionBook {
  const done = createBoundedMap<bigint, boolean>(REMEMBERED)
  const once = createSayOnce(log)
  return {
    isDone(nonce) {
      const known = done.get(nonce)
      if (known !== undefined) return known
      const before = journal.find({ topic, nonce, role })
      const isDone = before !== undefined && before.state !== 'refused' && before.state !== 'lost'
      if (isDone) log.info(`epoch ${nonce}: ${before.state} before the restart, not sent again.`)
      done.set(nonce, isDone)
      return isDone
    },
    setDone: done.set,
    async note(nonce, state, { hash = '', reveal = journal.find({ topic, nonce, role })?.reveal, stop } = {}) {
      try {
        await journal.write({ topic, nonce, role, hash, state, ...(reveal === undefined ? {} : { reveal }) })
        return true
      } catch (error) {
        if (stop?.aborted !== true) once.say('error', 'journal', `The journal cannot be written: ${sentenceOf(error)}`)
        return false
      }
    },
  }
}
