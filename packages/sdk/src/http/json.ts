import { StarlingError } from '../starlingError.ts'

/** What stands at a path inside parsed JSON; undefined where the path breaks off. */
export function at(json: unknown, ...path: readonly string[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** The text at a path; throws where there is none. */
export function textAt(json: unknown, ...path: readonly string[]): string {
  const value = at(json, ...path)
  if (typeof value === 'string') return value
  throw notANode(`no text at ${path.join('.')}`)
}

/** The whole number at a path, quoted or bare; `absent` (if given) where nothing stands there. */
export function integerAt(json: unknown, path: readonly string[], absent?: bigint): bigint {
  const value = at(json, ...path)
  if ((value === undefined || value === null) && absent !== undefined) return absent
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value)) return BigInt(value)
  throw notANode(`no whole number at ${path.join('.')}`)
}

/** The list at a path; empty where nothing or null stands there. */
export function listAt(json: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = at(json, ...path)
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  throw notANode(`no list at ${path.join('.')}`)
}

/** The error of an answer that does not look like a node's. */
export function notANode(what: string, cause?: unknown): StarlingError {
  return new StarlingError(
    'unavailable',
    `The answer has ${what}: either no Starling node of this version answers at that URL, or it is damaged. Check the URL.`,
    { cause },
  )
}
