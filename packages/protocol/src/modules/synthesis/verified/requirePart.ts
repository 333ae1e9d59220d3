import { damaged } from './damaged.ts'

/** A part that every state has. Throws STATE_DAMAGED without it. */
export function requirePart<T>(part: T | undefined, field: string): T {
  if (part === undefined) throw damaged(`${field} is missing`)
  return part
}
