import type { LandedTx, Sender } from '../types.ts'

/**
 * Pays uallo into a topic and returns once that stands in a block: into its escrow, which pays its contributors bit by bit,
 * where pay follows contribution; else into the treasury. SPEC PW-1
 *
 * @example
 * await fundTopic(sender, { topicId: 1n, amount: 5n * 10n ** 18n })
 */
export async function fundTopic(
  sender: Sender,
  { topicId, amount }: { readonly topicId: bigint; readonly amount: bigint },
): Promise<LandedTx> {
  const value = { sender: sender.address, topicId, amount: amount.toString() }
  const { landed } = await sender.send([{ typeUrl: '/emissions.v10.FundTopicRequest', value }])
  return landed
}
