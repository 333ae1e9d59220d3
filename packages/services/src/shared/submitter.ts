import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { Sender } from '@starling/sdk/types'
import { isAway, isPoor, isRefusal, isRepeat, isUnregistered, sentenceOf } from './failure.ts'
import type { Funds } from './funds.ts'
import type { Journal, JournalEntry, SubmissionState } from './journal.ts'
import { createSayOnce, type Log } from './log.ts'

/** Submits for one topic and role, at most once for each nonce. */
export type Submitter = {
  /** True where nothing is left to do for the nonce. */
  isDone(nonce: bigint): boolean
  /** Nothing will be submitted for the nonce. */
  giveUp(nonce: bigint): void
  /**
   * Sends the message for a nonce. True: it is in the mempool, or the chain has one already. False: not now; the reason
   * is said, and the next block is another chance. A node that does not answer is an error.
   */
  submit(nonce: bigint, message: MessageToSend, what: string, stop: AbortSignal): Promise<boolean>
}

/** What a submitter is made of. */
export type SubmitterOptions = {
  readonly sender: Sender
  readonly topicId: bigint
  readonly role: JournalEntry['role']
  readonly journal: Journal
  readonly funds: Funds
  readonly log: Log
  /** Called when the chain says that the account is not registered. */
  readonly onUnregistered: () => void
}

const REMEMBERED = 1_000

/** A submitter that goes on from its journal: what was sent, or may have been, is not sent again. */
export function createSubmitter(options: SubmitterOptions): Submitter {
  const { sender, topicId: topic, role, journal, funds, log } = options
  const once = createSayOnce(log)
  const done = new Map<bigint, boolean>()
  const setDone = (nonce: bigint, isDone: boolean): void => {
    done.set(nonce, isDone)
    for (const oldest of done.keys()) {
      if (done.size <= REMEMBERED) break
      done.delete(oldest)
    }
  }
  const write = (nonce: bigint, state: SubmissionState, hash = ''): Promise<void> =>
    journal.write({ topic, nonce, role, hash, state })

  /** What the block says about a transaction that was sent; it comes later and has nobody to wait for it. */
  const watch = async (nonce: bigint, hash: string, landed: Promise<unknown>): Promise<void> => {
    try {
      await landed
      await write(nonce, 'landed', hash)
    } catch (error) {
      if (isRepeat(error)) return
      const isLost = !isRefusal(error)
      log.error(`epoch ${nonce}: the submission ${hash} failed. ${sentenceOf(error)}`)
      if (isLost) setDone(nonce, false)
      else heed(error)
      await write(nonce, isLost ? 'lost' : 'refused', hash).catch(() => {})
    }
  }
  const heed = (refusal: unknown): void => {
    if (isPoor(refusal)) funds.doubt()
    if (isUnregistered(refusal)) options.onUnregistered()
  }
  const refused = async (nonce: bigint, refusal: unknown): Promise<boolean> => {
    const repeat = isRepeat(refusal)
    await write(nonce, repeat ? 'sent' : 'refused')
    if (repeat) {
      setDone(nonce, true)
      log.info(`epoch ${nonce}: the chain has the submission already.`)
    } else {
      heed(refusal)
      once.say('warn', `${nonce}`, `epoch ${nonce}: refused, trying again with the next block. ${sentenceOf(refusal)}`)
    }
    return repeat
  }
  return {
    isDone(nonce) {
      const known = done.get(nonce)
      if (known !== undefined) return known
      const before = journal.find({ topic, nonce, role })
      const isDone = before !== undefined && before.state !== 'refused' && before.state !== 'lost'
      if (isDone) log.info(`epoch ${nonce}: ${before.state} before the restart, not sent again.`)
      setDone(nonce, isDone)
      return isDone
    },
    giveUp: (nonce) => setDone(nonce, true),
    async submit(nonce, message, what, stop) {
      if (!(await funds.enough([message], `epoch ${nonce}`)) || stop.aborted) return false
      await write(nonce, 'sending')
      try {
        const { hash, landed } = await sender.send([message])
        setDone(nonce, true)
        await write(nonce, 'sent', hash)
        log.info(`epoch ${nonce}: sent ${what}, transaction ${hash}.`)
        void watch(nonce, hash, landed)
      } catch (error) {
        if (isAway(error)) throw error
        return refused(nonce, error)
      }
      funds.spent()
      return true
    },
  }
}
