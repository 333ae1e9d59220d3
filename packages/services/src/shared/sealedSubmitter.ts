import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { keepMessage, readKeptMessage } from '@starling/sdk/sealed/keepMessage'
import type { SealedSubmission } from '@starling/sdk/sealed/sealing'
import { createBoundedMap } from './boundedMap.ts'
import { createSubmitter, type SubmitterOptions } from './submitter.ts'

/** Commits and reveals for one topic and role, each at most once for a nonce. SPEC VT-2 */
export type SealedSubmitter = {
  /** True where nothing is left to do for the nonce. */
  isDone(nonce: bigint): boolean
  hasCommitted(nonce: bigint): boolean
  /** Nothing will be submitted for the nonce. */
  giveUp(nonce: bigint): void
  /** Sends the commitments, after the journal has what opens them; as `Submitter.submit`. */
  commit(nonce: bigint, sealed: SealedSubmission, what: string, stop: AbortSignal): Promise<boolean>
  /** Opens what was committed, also before a restart. */
  reveal(nonce: bigint, stop: AbortSignal): Promise<boolean>
}

/** What a sealed submitter is made of. */
export type SealedSubmitterOptions = Omit<SubmitterOptions, 'role'> & {
  readonly role: 'worker' | 'reputer'
  /** uallo that each commitment puts at stake. */
  readonly bond: () => bigint
}

const REMEMBERED = 256

/** A submitter that goes on from its journal: what was committed is revealed, whoever restarts in between. */
export function createSealedSubmitter(options: SealedSubmitterOptions): SealedSubmitter {
  const { topicId: topic, role, journal } = options
  const commits = createSubmitter(options)
  const reveals = createSubmitter({ ...options, role: `${role}-reveal` })
  const kept = createBoundedMap<bigint, MessageToSend>(REMEMBERED)
  const openerOf = (nonce: bigint): MessageToSend | undefined =>
    kept.get(nonce) ?? readKeptMessage(journal.find({ topic, nonce, role })?.reveal ?? '')
  return {
    isDone: (nonce) => reveals.isDone(nonce) || (commits.isDone(nonce) && openerOf(nonce) === undefined),
    hasCommitted: commits.isDone,
    giveUp(nonce) {
      commits.giveUp(nonce)
      reveals.giveUp(nonce)
    },
    commit(nonce, { commits: messages, reveal }, what, stop) {
      kept.set(nonce, reveal)
      const amount = options.bond() * BigInt(messages.length)
      const submission = { messages, what: `a commitment to ${what}`, reveal: keepMessage(reveal), amount }
      return commits.submit(nonce, submission, stop)
    },
    async reveal(nonce, stop) {
      const opener = openerOf(nonce)
      return opener === undefined || reveals.submit(nonce, { messages: [opener], what: 'its reveal' }, stop)
    },
  }
}
