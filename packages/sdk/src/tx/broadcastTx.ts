import { toBase64 } from '@starling/protocol/bytes/base64'
import type { Rest } from '../http/createRest.ts'
import { at, integerAt } from '../http/json.ts'
import { type Refusal, refusal, StarlingError } from '../starlingError.ts'
import { txHash } from './txHash.ts'

/** `sdk` number of a transaction that the mempool has already. */
export const IN_CACHE = 19
const KNOWN = /already (exists )?in (the )?(cache|mempool)|already known/i

/** Hands a transaction over once and returns its hash. A mempool that has it already refuses it with `sdk` 19. */
export async function broadcastTx(rest: Rest, tx: Uint8Array): Promise<string> {
  const hash = txHash(tx)
  const response = at(await post(rest, tx), 'tx_response')
  const code = Number(integerAt(response, ['code'], 0n))
  if (code === 0) return hash
  const text = (key: string): string => String(at(response, key) ?? '')
  throw refusalOf(text('raw_log'), { codespace: text('codespace'), code })
}

async function post(rest: Rest, tx: Uint8Array): Promise<unknown> {
  try {
    return await rest.post('/cosmos/tx/v1beta1/txs', { tx_bytes: toBase64(tx), mode: 'BROADCAST_MODE_SYNC' })
  } catch (error) {
    if (error instanceof StarlingError && KNOWN.test(error.message)) throw refusalOf(error.message, error)
    throw error
  }
}

/** Servers differ in how they say that they have it: as a code, or in words. */
function refusalOf(log: string, refused: Refusal): StarlingError {
  return refusal(log, KNOWN.test(log) ? { codespace: 'sdk', code: IN_CACHE } : refused)
}
