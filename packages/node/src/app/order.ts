import { publishAnswers } from '../epoch/publishAnswers.ts'
import { settleEpochs } from '../epoch/settleEpochs.ts'
import { announceTruthWindows, openEpoch } from '../modules/epochs/openEpoch.ts'
import { beginBlockMint } from '../modules/mint/beginBlock.ts'
import { readTerms } from '../modules/mint/needs.ts'
import { earmarkFees } from '../modules/payments/earmarkFees.ts'
import { earmark } from '../modules/rewards/earmark.ts'
import { endBlockStake } from '../modules/stake/endBlock.ts'
import { churnTopics } from '../modules/topics/churnTopics.ts'
import { reviveTopics } from '../modules/topics/reviveTopics.ts'
import type { Context } from './context.ts'

/** What a block does before its transactions and after them. */
export type Hook = (context: Context) => void

/** Before the transactions. SPEC lifecycle 3.1 */
export const beginBlockHooks: readonly Hook[] = [
  // The emission of this block, so that an epoch that opens at its end can be promised its share.
  beginBlock,
]

/** After the transactions. SPEC lifecycle 3.3 */
export const endBlockHooks: readonly Hook[] = [
  // Removals first: stake that leaves in this block neither weighs nor attests.
  endBlockStake,
  // Weights before pots, and pots before settlements, as both draw on the same account.
  openEpochs,
  // Settlements before answers: an answer of this block knows the truths of this block.
  settleEpochs,
  publishAnswers,
  // Topics that rest, when everything that can make them heavier has happened.
  reviveTopics,
  // Windows that begin with the next block, last, as nothing of this block depends on them.
  announceTruthWindows,
]

function beginBlock(context: Context): void {
  beginBlockMint(context, readTerms(context.state))
}

function openEpochs(context: Context): void {
  const churned = churnTopics(context)
  const pots = earmark(context.state, churned)
  for (const [i, { topic }] of churned.entries()) {
    const fees = earmarkFees(context.state, topic.id)
    openEpoch(context, topic, pots[i] ?? 0n, fees)
  }
}
