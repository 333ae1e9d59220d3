import { createSender } from '@starling/sdk/sender/createSender'
import type { Client, Wallet } from '@starling/sdk/types'
import { sentenceOf } from '@starling/services/shared/failure'
import type { Log } from '@starling/services/shared/log'
import { formatAllo } from '../output/formatAllo.ts'

/** Sees to it that an account of a local network can pay. */
export type Patron = {
  /** Sends coins where the balance is low; where that is impossible it is said, and tried again the next time. */
  support(): Promise<void>
}

const ALLO = 10n ** 18n
const GIFT = 10n * ALLO
/** Below this a gift is due. */
const LOW = ALLO

/** A patron that pays from the dev account; `extra` uallo are given on top of the first gift, as stake is. */
export function createPatron(options: {
  readonly client: Client
  readonly dev: Wallet
  readonly address: string
  readonly extra: bigint
  readonly log: Log
}): Patron {
  const { client, dev, address, log } = options
  let { extra } = options
  const give = async (): Promise<void> => {
    const balance = await client.balanceUnverified(address)
    if (balance >= LOW + extra) return
    const gift = GIFT + extra
    const value = {
      fromAddress: dev.address,
      toAddress: address,
      amount: [{ denom: 'uallo', amount: gift.toString() }],
    }
    const { landed } = await createSender({ client, wallet: dev }).send([
      { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value },
    ])
    await landed
    log.info(`The local network's dev account gave it ${formatAllo(gift)}.`)
  }
  return {
    async support() {
      try {
        await give()
        extra = 0n
      } catch (error) {
        log.warn(`The local network's dev account could not give coins: ${sentenceOf(error)}`)
      }
    },
  }
}
