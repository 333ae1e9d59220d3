import type { FeesParams } from '@starling/protocol/gen/starling/v1/fees_pb'
import { txError } from '@starling/protocol/tx/errors'
import { isRefusal, refusal, StarlingError } from '../starlingError.ts'
import type { Client } from '../types.ts'
import { WRONG_SEQUENCE } from './submitTx.ts'

const INSUFFICIENT_FEE = 13
const TIMEOUT_HEIGHT = 30
/** Blocks for which a price that was asked for is used. */
const FEES_BLOCKS = 600n

/** What a sender knows of the chain and of its account. Parts are forgotten when the chain contradicts them. */
export type Knowledge = {
  fees: { readonly params: FeesParams; readonly height: bigint } | undefined
  accountNumber: bigint | undefined
  /** Of the next transaction: the account's own counts only what stands in blocks. */
  sequence: bigint | undefined
  /** A height that the chain has reached; it need not be the newest. */
  height: bigint | undefined
}

/** Nothing is known yet. */
export function emptyKnowledge(): Knowledge {
  return { fees: undefined, accountNumber: undefined, sequence: undefined, height: undefined }
}

/** What the chain charges; asked again now and then, as a price that falls is refused by nobody. */
export async function knowFees(client: Client, known: Knowledge, height: bigint): Promise<FeesParams> {
  if (known.fees === undefined || height - known.fees.height > FEES_BLOCKS) {
    known.fees = { params: await client.feesUnverified(), height }
  }
  return known.fees.params
}

/** Number and next sequence of the account; throws the chain's own refusal where it never received coins. */
export async function knowAccount(
  client: Client,
  address: string,
  known: Knowledge,
): Promise<{ readonly accountNumber: bigint; readonly sequence: bigint }> {
  if (known.accountNumber !== undefined && known.sequence !== undefined) {
    return { accountNumber: known.accountNumber, sequence: known.sequence }
  }
  const account = await client.accountUnverified(address)
  if (account === undefined) {
    const { message, codespace, number } = txError('UNKNOWN_ACCOUNT', { address })
    throw refusal(message, { codespace, code: number })
  }
  known.accountNumber = account.accountNumber
  known.sequence ??= account.sequence
  return { accountNumber: account.accountNumber, sequence: known.sequence }
}

/** A height that the chain has reached, without asking where the client or the sender has heard of one. */
export async function knowHeight(client: Client, known: Knowledge): Promise<bigint> {
  const seen = client.seenHeight?.()
  if (known.height !== undefined && (seen === undefined || seen < known.height)) return known.height
  known.height = seen ?? (await client.height())
  return known.height
}

/** Learns from a failed attempt; true where another one may succeed. */
export async function learn(client: Client, known: Knowledge, error: unknown): Promise<boolean> {
  if (isRefusal(error, WRONG_SEQUENCE)) {
    // The expected one counts what waits in the mempool, which the account does not.
    const [, expected] = /expected ([0-9]{1,20})/.exec(error.message) ?? []
    known.sequence = expected === undefined ? undefined : BigInt(expected)
    return true
  }
  if (isRefusal(error, TIMEOUT_HEIGHT)) {
    known.height = await client.height()
    return true
  }
  if (isRefusal(error, INSUFFICIENT_FEE)) {
    known.fees = undefined
    return true
  }
  // Where it is not certain what the chain has taken, the account is read again.
  if (!(error instanceof StarlingError && error.kind === 'refused')) known.sequence = undefined
  return false
}
