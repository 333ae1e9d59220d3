import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { Sender, SentTx } from '@starling/sdk/types'
import { isAway, isLost, isPoor, isRefusal, isRepeat, isUncommitted, isUnregistered, sentenceOf } from './failure.ts'
import type { Funds } from './funds.ts'
import { createSayOnce } from './log.ts'
import { createSubmissionBook, type SubmissionBookOptions } from './submissionBook.ts'

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
  submit(nonce: bigint, submission: Submission, stop: AbortSignal): Promise<boolean>
}

/** What is sent in one transaction. */
export type Submission = {
  readonly messages: readonly MessageToSend[]
  /** In words, for the log. */
  readonly what: string
  /** Of commitments: what opens them, for the journal. */
  readonly reveal?: string
  /** uallo that the messages take beside the fees. */
  readonly amount?: bigint
}

/** What a submitter is made of. */
export type SubmitterOptions = SubmissionBookOptions & {
  readonly sender: Sender
  readonly funds: Funds
  /** Called when the chain says that the account is not registered. */
  readonly onUnregistered: () => void
}

/** A submitter that goes on from its journal: what was sent, or may have been, is not sent again. */
export function createSubmitter(options: SubmitterOptions): Submitter {
  const { sender, funds, log, onUnregistered } = options
  const once = createSayOnce(log)
  const { isDone, setDone, note } = createSubmissionBook(options)
  const heed = (refusal: unknown): void => {
    if (isPoor(refusal)) funds.doubt()
    if (isUnregistered(refusal)) onUnregistered()
  }
  const refused = async (nonce: bigint, refusal: unknown): Promise<boolean> => {
    const isThere = isRepeat(refusal)
    await note(nonce, isThere ? 'sent' : 'refused')
    if (isUncommitted(refusal)) {
      setDone(nonce, true)
      log.warn(`epoch ${nonce}: nothing to reveal. ${sentenceOf(refusal)}`)
      return true
    }
    if (isThere) {
      setDone(nonce, true)
      log.info(`epoch ${nonce}: the chain has the submission already.`)
    } else {
      heed(refusal)
      once.say('warn', `${nonce}`, `epoch ${nonce}: refused, trying again with the next block. ${sentenceOf(refusal)}`)
    }
    return isThere
  }
  /** What the block says about a transaction that was sent; it comes later and has nobody to wait for it. */
  const watch = async (nonce: bigint, { hash, landed }: SentTx, stop: AbortSignal): Promise<void> => {
    try {
      await landed
      await note(nonce, 'landed', { hash, stop })
    } catch (error) {
      if (stop.aborted || isRepeat(error)) return
      log.error(`epoch ${nonce}: the submission ${hash} failed. ${sentenceOf(error)}`)
      // Whatever else it is, the transaction may still land.
      if (isLost(error)) setDone(nonce, false)
      else if (!isRefusal(error)) return
      heed(error)
      await note(nonce, isLost(error) ? 'lost' : 'refused', { hash })
    }
  }
  return {
    isDone,
    giveUp: (nonce) => setDone(nonce, true),
    async submit(nonce, { messages, what, reveal, amount = 0n }, stop) {
      if (isDone(nonce)) return true
      if (!(await funds.enough(messages, `epoch ${nonce}`, amount)) || stop.aborted) return false
      // What is not written down first might be sent again after a crash, or could not be opened after one.
      if (!(await note(nonce, 'sending', { reveal }))) return false
      let sent: SentTx
      try {
        sent = await sender.send(messages)
      } catch (error) {
        if (isAway(error)) throw error
        return refused(nonce, error)
      }
      setDone(nonce, true)
      void watch(nonce, sent, stop)
      log.info(`epoch ${nonce}: sent ${what}, transaction ${sent.hash}.`)
      await note(nonce, 'sent', { hash: sent.hash })
      funds.spent()
      return true
    },
  }
}
