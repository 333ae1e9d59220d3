import { StarlingError } from '@starling/sdk/starlingError'

/** True where the chain refuses a transaction. */
export function isRefusal(error: unknown): error is StarlingError {
  return error instanceof StarlingError && error.kind === 'refused'
}

/** True where the node does not answer, or cannot now. */
export function isAway(error: unknown): boolean {
  return error instanceof StarlingError && ['unreachable', 'timeout', 'unavailable'].includes(error.kind)
}

/** True where a transaction is known to have landed in no block, and never to land. */
export function isLost(error: unknown): boolean {
  return error instanceof StarlingError && error.kind === 'timeout'
}

/** True where the chain has this submission already. */
export function isRepeat(error: unknown): boolean {
  return isRefusal(error) && (isOneOf(error, 'emissions', [78]) || /already submitted/i.test(error.message))
}

/** True where there is no commitment that a reveal could open: it found no place, never arrived, or is open already. */
export function isUncommitted(error: unknown): boolean {
  return isOneOf(error, 'emissions', [207])
}

/** True where the sender cannot pay: for the transaction, or for the fee of a submission. */
export function isPoor(error: unknown): boolean {
  return isOneOf(error, 'sdk', [5, 9]) || isOneOf(error, 'emissions', [73])
}

/** True where the sender is not registered (any more). */
export function isUnregistered(error: unknown): boolean {
  return isOneOf(error, 'emissions', [9, 10, 13])
}

/** The first line of what an error says. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [line = ''] = text.split('\n', 1)
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

function isOneOf(error: unknown, codespace: string, codes: readonly number[]): boolean {
  return isRefusal(error) && error.codespace === codespace && codes.includes(error.code)
}
