import { createBoundedMap } from './boundedMap.ts'

/** How far a submission got: about to be sent, in a mempool, in a block, refused, or known never to have landed. */
export type SubmissionState = 'sending' | 'sent' | 'landed' | 'refused' | 'lost'

/** As what something is submitted; the reveal of a sealed submission is one of its own. */
export type JournalRole = 'worker' | 'reputer' | 'worker-reveal' | 'reputer-reveal'

/** What became of the submission for one nonce. */
export type JournalEntry = {
  readonly topic: bigint
  readonly nonce: bigint
  readonly role: JournalRole
  /** Hash of the transaction; empty before it is known. */
  readonly hash: string
  readonly state: SubmissionState
  /** Of a commitment: the message that will open it, as `keepMessage` writes it. Nobody else may see it before. */
  readonly reveal?: string
}

/** Remembers what one account submitted, so that nothing is submitted twice. It belongs to one chain and one account. */
export type Journal = {
  /** The newest entry for a nonce. */
  find(entry: Pick<JournalEntry, 'topic' | 'nonce' | 'role'>): JournalEntry | undefined
  /** Adds an entry; resolves once it is safe against a crash. */
  write(entry: JournalEntry): Promise<void>
  close(): Promise<void>
}

const REMEMBERED = 256

/** A journal that ends with the process. */
export function memoryJournal(): Journal {
  const { find, add } = createJournalIndex()
  return { find, write: async (entry) => add(entry), close: async () => {} }
}

/** The newest entries by topic, nonce and role; the oldest are forgotten. */
export function createJournalIndex(): { readonly find: Journal['find']; readonly add: (entry: JournalEntry) => void } {
  const newest = createBoundedMap<string, JournalEntry>(REMEMBERED)
  const keyOf: (of: Pick<JournalEntry, 'topic' | 'nonce' | 'role'>) => string = ({ topic, nonce, role }) =>
    `${topic} ${nonce} ${role}`
  return {
    find: (entry) => newest.get(keyOf(entry)),
    add: (entry) => newest.set(keyOf(entry), entry),
  }
}
