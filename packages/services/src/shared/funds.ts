import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { Client, Sender } from '@starling/sdk/types'
import type { Log } from './log.ts'

/** What the chain takes for a submission beside the transaction's fee, in uallo: the presets' `data_sending_fee`. */
const DATA_FEE = 10n
/** With fees for no more submissions than this a warning is due. */
const FEW = 2n

/** PERF: with money for so many submissions the exact fee of the next one does not matter. */
const MANY = 1_000n

/** Watches over the money of one account. */
export type Funds = {
  /**
   * True where the account can pay for the messages and `amount` uallo; otherwise it is said, once per occasion and again
   * when money came that was too little.
   */
  enough(messages: readonly MessageToSend[], occasion: string, amount?: bigint): Promise<boolean>
  /** What was last found affordable has been sent; warns when fees for few more are left. */
  spent(): void
  /** The chain says that money is short: the balance is asked for before the next submission. */
  doubt(): void
}

/** Knows the balance by counting, and asks the chain only when it may be short. */
export function createFunds(client: Pick<Client, 'balanceUnverified'>, sender: Sender, log: Log): Funds {
  /** At least what is there, as long as only this process spends: rewards and gifts arrive unseen. */
  let atLeast: bigint | undefined
  let said: { readonly occasion: string; readonly has: bigint } | undefined
  let lowestSaid = FEW + 1n
  let planned = { cost: 1n, amount: 0n }
  const costOf = async (messages: readonly MessageToSend[]): Promise<bigint> =>
    (await sender.feeOf(messages)) + DATA_FEE
  return {
    async enough(messages, occasion, amount = 0n) {
      const isRich = atLeast !== undefined && atLeast > amount + MANY * planned.cost
      const cost = isRich ? planned.cost : await costOf(messages)
      const needed = cost + amount
      if (atLeast === undefined || atLeast < needed + cost * (FEW + 1n))
        atLeast = await client.balanceUnverified(sender.address)
      planned = { cost, amount }
      if (atLeast >= needed) {
        if (said !== undefined) {
          log.info(`${sender.address} has funds again: ${atLeast}uallo.`)
          lowestSaid = FEW + 1n
        }
        said = undefined
        return true
      }
      const isNews = said === undefined || said.occasion !== occasion || said.has !== atLeast
      if (isNews) log.error(insufficient(occasion, sender.address, atLeast, needed))
      said = { occasion, has: atLeast }
      return false
    },
    spent() {
      if (atLeast === undefined) return
      atLeast -= planned.cost + planned.amount
      const more = atLeast < 0n ? 0n : atLeast / planned.cost
      if (more > FEW) lowestSaid = FEW + 1n
      else if (more < lowestSaid) {
        lowestSaid = more
        log.warn(
          `${sender.address} has fees for about ${more} more submission${more === 1n ? '' : 's'}; send it uallo.`,
        )
      }
    },
    doubt() {
      atLeast = undefined
    },
  }
}

function insufficient(occasion: string, address: string, has: bigint, needed: bigint): string {
  return `${occasion}: insufficient funds. ${address} has ${has}uallo and needs ${needed}uallo; send it at least ${needed - has}uallo, the rest goes by itself.`
}
