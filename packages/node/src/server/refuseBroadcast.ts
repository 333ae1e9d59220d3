import { grpcStatus } from './grpcStatus.ts'
import { ServerError } from './serverError.ts'

const SENTENCE =
  'A page of another origin may read here, but not send transactions. Send them from a program, or from a page that this node serves.'

/** Refuses what would send a transaction, by REST or by RPC in any of its forms. Throws a `ServerError`. */
export function refuseBroadcast(method: string, url: string, body: unknown): void {
  const path = (url.split('?')[0] ?? '').replace(/\/+$/, '')
  const sends = method === 'POST' && path === '/cosmos/tx/v1beta1/txs'
  if (sends || isBroadcast(path.slice(path.lastIndexOf('/') + 1)) || callsOf(body).some(isBroadcast)) {
    throw new ServerError(grpcStatus.PERMISSION_DENIED, SENTENCE)
  }
}

/** True for the methods of CometBFT's RPC that send a transaction, and for any of that name to come. */
export function isBroadcast(method: unknown): boolean {
  return typeof method === 'string' && decoded(method).startsWith('broadcast_')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The methods that a JSON-RPC body calls; none where it is no JSON, as then nothing will be called. */
function callsOf(body: unknown): readonly unknown[] {
  if (typeof body !== 'string') return []
  try {
    const parsed: unknown = JSON.parse(body)
    return [parsed].flat().map((call) => (typeof call === 'object' && call !== null ? Reflect.get(call, 'method') : ''))
  } catch {
    return []
  }
}
