import { StarlingError, type StarlingErrorKind } from '../starlingError.ts'
import type { JsonReply } from './fetchJson.ts'
import { at } from './json.ts'

const UNIMPLEMENTED = 12
/** Kinds by gRPC status, as REST error bodies carry it. */
const byCode: ReadonlyMap<unknown, StarlingErrorKind> = new Map([
  [3, 'bad-input'],
  [5, 'not-found'],
])
/** Kinds by HTTP status, for bodies that are none of a node's. */
const byStatus: ReadonlyMap<number, StarlingErrorKind> = new Map([
  [400, 'bad-input'],
  [404, 'not-found'],
  [413, 'bad-input'],
])

/** The error of a REST answer with another status than 200. SPEC wire 3.0 */
export function restError(url: string, { status, json }: JsonReply): StarlingError {
  const message = at(json, 'message')
  const code = at(json, 'code')
  if (typeof message !== 'string' || typeof code !== 'number') {
    const text = `The server at ${url} answers with HTTP ${status}, not as a Starling node does. Check the URL.`
    return new StarlingError('unavailable', text)
  }
  const facts = { codespace: 'grpc', code }
  if (code === UNIMPLEMENTED) {
    const text = `The node at ${url} does not offer this (${message}). Is it of this version?`
    return new StarlingError('unavailable', text, facts)
  }
  // 9, a failed precondition, comes with HTTP 400 too, but the question was right.
  const kind = byCode.get(code) ?? (code === 9 ? 'unavailable' : (byStatus.get(status) ?? 'unavailable'))
  return new StarlingError(kind, message, facts)
}

/** True where the node answers that it has no such path. */
export function isNotOffered(error: unknown): boolean {
  return error instanceof StarlingError && error.codespace === 'grpc' && error.code === UNIMPLEMENTED
}
