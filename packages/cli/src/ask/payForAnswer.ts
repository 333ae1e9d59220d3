import type { Receipt } from '@starling/protocol/gen/starling/v1/payments_pb'
import { requestInference } from '@starling/sdk/payments/requestInference'
import { snapshotAfter } from '@starling/sdk/payments/snapshotAfter'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import { createSender } from '@starling/sdk/sender/createSender'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import { chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { withSpinner } from '../output/withSpinner.ts'
import { blocksOf } from './age.ts'
import { type AskedProof, proofOf } from './proofOf.ts'
import type { Order } from './readOrder.ts'

/** A proven receipt as `ask --json` prints it; `pay` in uallo. */
export type AskedReceipt = {
  readonly id: number
  readonly nonce: number
  readonly payer: string
  readonly pay: string
  readonly height: number
  readonly reference: string
  readonly proof: AskedProof
}

type Payment = {
  readonly io: Io
  readonly home: string
  readonly signer?: Signer
  readonly id: bigint
  readonly order: Order
  /** How old the newest answer is before anything is sent. */
  readonly ageBlocks: number
}

/** No answer, or none fresh enough: numbers of the codespace `payments`. */
const NOT_FRESH: readonly number[] = [2, 3]
/** Epochs that the newest answer may be old where the user says nothing: more, and the topic has stood still. */
const USUAL_EPOCHS = 2n

/**
 * Buys the newest answer of a topic, and returns the receipt with the verified state that proves it. Throws a `CliError` 4,
 * before anything is sent where that can be known, if no answer is fresh enough.
 */
export async function payForAnswer(
  client: Client,
  { io, home, signer = {}, id, order, ageBlocks }: Payment,
): Promise<{ readonly state: Snapshot; readonly receipt: Receipt }> {
  const { pay, reference } = order
  const maxAge = order.maxAge ?? (await usualAge(client, id))
  if (BigInt(ageBlocks) > maxAge) {
    const what = `The newest answer of topic ${id} is ${blocksOf(ageBlocks)} old, and ${maxAge} are allowed`
    throw new CliError(4, `${what}: nothing was sent or paid. Ask again later, or allow more with --max-age.`)
  }
  const account = await chooseAccount({ io, client, home }, signer, 'dev')
  const sender = createSender({ client, wallet: account.wallet })
  const bought = await withSpinner(
    io,
    'Waiting for a block',
    asAnswered(requestInference(sender, { topicId: id, pay, maxAge, reference })),
  )
  const state = await withSpinner(io, 'Waiting for its proof', snapshotAfter(client, bought.tx.height))
  const receipt = await state.receipt(bought.receiptId)
  if (receipt?.payer === sender.address && receipt.topicId === id) return { state, receipt }
  const what = `The node says that transaction ${bought.tx.hash} has receipt ${bought.receiptId}, but the state has no such one`
  throw new StarlingError('refuted', `${what}. Do not trust this node.`)
}

/** The topic's epoch length is the pace at which answers come. */
async function usualAge(client: Client, id: bigint): Promise<bigint> {
  const { value } = await client.topic(id)
  const pace = value?.base?.epochLength ?? 1n
  return USUAL_EPOCHS * pace
}

async function asAnswered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    const isStale = error instanceof StarlingError && error.codespace === 'payments' && NOT_FRESH.includes(error.code)
    throw isStale ? new CliError(4, `The chain took no pay: ${error.message}.`, { cause: error }) : error
  }
}

/** The receipt for programs. */
export function describeReceipt(state: Snapshot, receipt: Receipt): AskedReceipt {
  const { id, nonce, payer, pay, height, reference } = receipt
  return { id: Number(id), nonce: Number(nonce), payer, pay, height: Number(height), reference, proof: proofOf(state) }
}

/** The receipt for people. */
export function receiptLine({ id, nonce, pay, height, reference }: AskedReceipt): string {
  const mark = reference === '' ? '' : `, reference "${reference}"`
  return `receipt ${id}: ${formatAllo(BigInt(pay))} for nonce ${nonce} in block ${height}${mark}; proven, "starling query receipt ${id}" shows it again`
}
