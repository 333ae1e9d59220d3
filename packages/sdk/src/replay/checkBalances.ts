import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { type Comparison, compareLeaf, joinComparisons } from '@starling/protocol/replay/compareLeaves'
import type { RecordReader } from '../records/types.ts'
import { type BlockEvents, coinsIn } from './blockEvents.ts'

/**
 * Compares how the balances of everybody concerned changed over the block of a settlement with all coins that the
 * block's events say they got and gave: those of the epoch, of other epochs, and of the block's transactions.
 */
export async function checkBalances(
  reader: RecordReader,
  { payouts, settledHeight }: EpochRecord,
  { hooks, txs }: BlockEvents,
): Promise<Comparison> {
  const events = [...hooks, ...txs]
  const parts: Comparison[] = []
  for (const account of await accountsOf(reader, payouts, settledHeight)) {
    const moved = events.reduce((sum, event) => {
      if (event.type === 'coin_received' && event.attributes.receiver === account) return sum + coinsIn(event)
      return event.type === 'coin_spent' && event.attributes.spender === account ? sum - coinsIn(event) : sum
    }, 0n)
    const [before, after] = await Promise.all([
      reader.balance(account, settledHeight - 1n),
      reader.balance(account, settledHeight),
    ])
    parts.push(
      compareLeaf(`balance of ${account} after block ${settledHeight}`, after.toString(), (before + moved).toString()),
    )
  }
  return joinComparisons(parts)
}

/** The accounts that an epoch pays from and to, each once. */
async function accountsOf(
  reader: RecordReader,
  payouts: EpochRecord['payouts'],
  height: bigint,
): Promise<readonly string[]> {
  const workers = payouts.filter(({ role }) => role !== 'reputer')
  const owners = await Promise.all(workers.map(({ address }) => reader.ownerOfWorker(address, height)))
  const modules = [moduleAddresses.allorarewards, moduleAddresses.allorastaking, moduleAddresses.allorapendingrewards]
  return [...new Set([...modules, ...owners])]
}
