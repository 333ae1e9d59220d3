import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { createSender } from '@starling/sdk/sender/createSender'
import type { Cast } from '../cast.ts'
import type { Stage } from '../startCast.ts'

const ALLO = 10n ** 18n
/** For fees and bonds, as honest workers have. */
const PURSE = 100n * ALLO

/** Gives coins of the dev account to attackers that have none, so that an attack can begin on any network. */
export async function fundAttackers(
  { client, landed }: Pick<Stage, 'client' | 'landed'>,
  { dev, topics }: Pick<Cast, 'dev' | 'topics'>,
): Promise<void> {
  const attackers = topics.flatMap((one) => one.attackers)
  const balances = await Promise.all(attackers.map(({ wallet }) => client.balanceUnverified(wallet.address)))
  const poor = attackers.filter((_, i) => (balances[i] ?? 0n) < ALLO)
  if (poor.length === 0) return
  const fromAddress = dev.wallet.address
  const amount = [{ denom: 'uallo', amount: PURSE.toString() }]
  const messages: readonly MessageToSend[] = poor.map(({ wallet: { address: toAddress } }) => ({
    typeUrl: '/cosmos.bank.v1beta1.MsgSend',
    value: { fromAddress, toAddress, amount },
  }))
  await landed(await createSender({ client, wallet: dev.wallet }).send(messages))
}
