import { txError } from '@starling/protocol/tx/errors'
import { backoff, pause } from '../http/pause.ts'
import { isRefusal, StarlingError } from '../starlingError.ts'
import { IN_CACHE } from '../tx/broadcastTx.ts'
import { txHash } from '../tx/txHash.ts'
import type { Client } from '../types.ts'

/** A signed transaction and whose it is. */
export type SignedTx = { readonly bytes: Uint8Array; readonly address: string; readonly sequence: bigint }

/** `sdk` number of a wrong sequence. */
export const WRONG_SEQUENCE = 32

const ATTEMPTS = 4
const FIRST_MS = 200
const MAX_MS = 2000

/**
 * Hands a signed transaction over until the outcome is certain. After a failure that leaves it open whether the node
 * has it, it is looked up by hash, and otherwise the very same bytes are handed over again: they can count only once.
 * A refusal that is thrown is certain: these bytes will never land.
 */
export async function submitTx(client: Client, tx: SignedTx): Promise<void> {
  const hash = txHash(tx.bytes)
  for (let attempt = 0; ; attempt++) {
    const failure = await attemptOnce(client, tx)
    if (failure === undefined) return
    const ambiguous = failure.kind !== 'refused' && failure.kind !== 'bad-input'
    const isKnown = isRefusal(failure, IN_CACHE)
    if (attempt === 0 && !ambiguous) throw isKnown ? usedByAnother(tx, failure) : failure
    if (isKnown) return
    const fate = await fateOf(client, tx, hash)
    if (fate === 'landed') return
    if (!ambiguous && (fate === 'impossible' || !isRefusal(failure, WRONG_SEQUENCE))) throw failure
    if (!ambiguous || attempt + 1 === ATTEMPTS) throw uncertain(hash, failure)
    await pause(backoff(attempt, FIRST_MS, MAX_MS))
  }
}

async function attemptOnce(client: Client, { bytes }: SignedTx): Promise<StarlingError | undefined> {
  try {
    await client.broadcast(bytes)
    return undefined
  } catch (error) {
    if (error instanceof StarlingError) return error
    throw error
  }
}

/** Whether it stands in a block, or never can, because another one used its sequence. The account is read first. */
async function fateOf(
  client: Client,
  { address, sequence }: SignedTx,
  hash: string,
): Promise<'landed' | 'impossible' | 'open'> {
  try {
    const account = await client.accountUnverified(address)
    if ((await client.tx(hash)) !== undefined) return 'landed'
    return account !== undefined && account.sequence > sequence ? 'impossible' : 'open'
  } catch (error) {
    if (error instanceof StarlingError) return 'open'
    throw error
  }
}

/** Equal bytes that this sender did not send are another sender's of the same account: its sequence is gone. */
function usedByAnother({ sequence }: SignedTx, cause: StarlingError): StarlingError {
  const { message, codespace, number } = txError('WRONG_SEQUENCE', { expected: sequence + 1n, got: sequence })
  const reason = 'another sender of this account has just sent the same'
  return new StarlingError('refused', `${message} (${reason})`, { codespace, code: number, cause })
}

/** Says besides what failed that the transaction may still land. */
function uncertain(hash: string, failure: StarlingError): StarlingError {
  const kind = failure.kind === 'refused' ? 'unavailable' : failure.kind
  const advice = `It is not certain whether transaction ${hash} was taken: look it up before sending the same again.`
  return new StarlingError(kind, `${failure.message} ${advice}`, { cause: failure })
}
