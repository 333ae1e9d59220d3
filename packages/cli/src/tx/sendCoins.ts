import { parseAddress } from '@starling/protocol/crypto/address'
import { chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { readAmount } from '../chain/readAmount.ts'
import { readAddress } from '../chain/readId.ts'
import { sendTx } from '../chain/sendTx.ts'
import { withClient } from '../chain/withClient.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { openKeyStore } from '../keystore/keyStore.ts'
import { formatAllo } from '../output/formatAllo.ts'

type Options = Globals & { readonly io: Io; readonly to: string; readonly amount: string; readonly signer: Signer }

/** Sends coins to an address, or to a key of the home folder by its name. */
export async function sendCoins(options: Options): Promise<void> {
  const amount = readAmount(options.amount)
  const to = await recipientOf(options)
  await withClient(options, async (client) => {
    const account = await chooseAccount({ ...options, client }, options.signer, 'dev')
    const value = {
      fromAddress: account.wallet.address,
      toAddress: to,
      amount: [{ denom: 'uallo', amount: amount.toString() }],
    }
    await sendTx({ ...options, client, account }, [{ typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }], () => ({
      sentence: `${account.name} sent ${formatAllo(amount)} to ${to}.`,
      fields: { to, amount: amount.toString() },
    }))
  })
}

async function recipientOf({ home, to }: Options): Promise<string> {
  if (parseAddress(to) !== undefined || to.startsWith('allo1')) return readAddress('TO', to)
  return (await openKeyStore(home).read(to)).address
}
