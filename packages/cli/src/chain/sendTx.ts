import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { createSender } from '@starling/sdk/sender/createSender'
import { isRefusal, StarlingError } from '@starling/sdk/starlingError'
import type { Client, LandedTx } from '@starling/sdk/types'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { withSpinner } from '../output/withSpinner.ts'
import type { Account } from './chooseAccount.ts'

/** Where a transaction goes, and who signs it. */
export type SendTxOptions = {
  readonly io: Io
  readonly json: boolean
  readonly client: Client
  readonly account: Account
}

/** What is told about a transaction that landed: a sentence for people, more fields for programs. */
export type Told = { readonly sentence: string; readonly fields?: Readonly<Record<string, unknown>> }

const INSUFFICIENT_FUNDS = 5
const UNKNOWN_ACCOUNT = 9

/**
 * Signs and sends messages as one transaction, waits until it stands in a block, and tells where. What becomes of a
 * broadcast without an answer is looked up by hash before anything is sent again.
 */
export async function sendTx(
  { io, json, client, account }: SendTxOptions,
  messages: readonly MessageToSend[],
  tell: (tx: LandedTx) => Told,
): Promise<void> {
  const sender = createSender({ client, wallet: account.wallet })
  const tx = await withSpinner(io, 'Waiting for a block', sendAndWait(sender, messages, account))
  const { sentence, fields } = tell(tx)
  const { hash, height, gasUsed } = tx
  if (json) printJson(io, { hash, height: Number(height), gasUsed: Number(gasUsed), from: sender.address, ...fields })
  else io.stdout.write(`${sentence}\nTransaction ${hash} stands in block ${height}.\n`)
}

async function sendAndWait(
  sender: ReturnType<typeof createSender>,
  messages: readonly MessageToSend[],
  { name, wallet }: Account,
): Promise<LandedTx> {
  try {
    return await (await sender.send(messages)).landed
  } catch (error) {
    if (!isRefusal(error, INSUFFICIENT_FUNDS) && !isRefusal(error, UNKNOWN_ACCOUNT)) throw error
    const advice = `That is the account "${name}", ${wallet.address}: send it coins, or sign with another.`
    const facts = { codespace: error.codespace, code: error.code, cause: error }
    throw new StarlingError('refused', `${error.message}. ${advice}`, facts)
  }
}

/** An attribute of the first event of a type, without the quotation marks of typed events; undefined where there is none. */
export function attributeOf({ events }: LandedTx, type: string, key: string): string | undefined {
  const text = events.find((event) => event.type === type)?.attributes[key]
  return text?.replace(/^"(.*)"$/, '$1')
}
