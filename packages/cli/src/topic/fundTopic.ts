import { chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { findTopic } from '../chain/findTopic.ts'
import { readAmount } from '../chain/readAmount.ts'
import { sendTx } from '../chain/sendTx.ts'
import { withClient } from '../chain/withClient.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'

type Options = Globals & {
  readonly io: Io
  readonly topic: string
  readonly amount: string
  readonly signer: Signer
}

/** Pays a topic for its answers. */
export async function fundTopic(options: Options): Promise<void> {
  const amount = readAmount(options.amount)
  await withClient(options, async (client) => {
    const { id, facts } = await findTopic(client, options.topic)
    const account = await chooseAccount({ ...options, client }, options.signer, 'dev')
    const value = { sender: account.wallet.address, topicId: id, amount: amount.toString() }
    await sendTx({ ...options, client, account }, [{ typeUrl: '/emissions.v10.FundTopicRequest', value }], () => ({
      sentence: `${account.name} paid ${formatAllo(amount)} to topic ${id} (${facts.name})${placeOf(facts.policy.pay)}.`,
      fields: { topic: Number(id), amount: amount.toString() },
    }))
  })
}

/** Where the coins lie now. SPEC PW-1 */
function placeOf(pay: string): string {
  return pay === 'contribution' ? ': its epochs pay a twentieth each out of its escrow' : ''
}
