import { fromBase64 } from '@starling/protocol/bytes/base64'
import { fromHex } from '@starling/protocol/bytes/hex'
import { RpcError } from './rpcError.ts'
import type { RpcMethod, RpcParams } from './rpcMethod.ts'

/** Takes parameters by name or by position; refuses those that the method does not have. */
export function nameParams({ params }: RpcMethod, given: unknown): RpcParams {
  const named = Array.isArray(given) ? byPosition(params, given) : (given ?? {})
  if (typeof named !== 'object') throw invalid(`params must be an object or a list, got ${print(given)}`)
  return checkNames(params, { form: 'json', values: { ...named } })
}

/** Refuses a parameter that the method does not have: a misspelt one would be taken for a missing one. */
export function checkNames(known: readonly string[], params: RpcParams): RpcParams {
  const stranger = Object.keys(params.values).find((name) => !known.includes(name))
  if (stranger === undefined) return params
  const takes = known.length === 0 ? 'none' : known.join(', ')
  throw invalid(`"${stranger.slice(0, 80)}" is no parameter of this method; it takes ${takes}`)
}

/** A text; undefined where it is missing. In a URL it may stand in double quotes. */
export function readText({ form, values }: RpcParams, name: string): string | undefined {
  const value = values[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw expected(name, 'a text', value)
  return form === 'uri' ? (/^"(.*)"$/s.exec(value)?.[1] ?? value) : value
}

/** A whole number from `least`, as number or text; undefined where it is missing. */
export function readWhole(params: RpcParams, name: string, least: number): number | undefined {
  const value = params.values[name]
  if (value === undefined || value === null || value === '') return undefined
  const text = typeof value === 'number' ? String(value) : readText(params, name)
  const whole = text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (whole >= least) return whole
  throw expected(name, `a whole number from ${least}`, value)
}

/** True or false, as such or as text; false where it is missing. */
export function readFlag(params: RpcParams, name: string): boolean {
  const value = params.values[name]
  if (value === undefined || value === null || value === '') return false
  if (value === true || value === 'true' || value === '"true"') return true
  if (value === false || value === 'false' || value === '"false"') return false
  throw expected(name, 'true or false', value)
}

/** Bytes in base64, or in a URL as hexadecimal after 0x; undefined where they are missing. */
export function readBase64(params: RpcParams, name: string): Uint8Array | undefined {
  const text = readText(params, name)
  if (text === undefined) return undefined
  const isHex = params.form === 'uri' && text.startsWith('0x')
  // A + that was not escaped in the URL has become a space.
  const bytes = isHex ? fromHex(text.slice(2)) : fromBase64(text.replaceAll(' ', '+'))
  if (bytes !== undefined) return bytes
  throw expected(name, params.form === 'uri' ? 'hexadecimal after 0x, or base64' : 'bytes in base64', text)
}

/** Bytes in hexadecimal, with or without 0x; empty where they are missing. */
export function readHexBytes(params: RpcParams, name: string): Uint8Array {
  const bytes = fromHex((readText(params, name) ?? '').replace(/^0x/i, ''))
  if (bytes !== undefined) return bytes
  throw expected(name, 'bytes in hexadecimal', params.values[name])
}

/** Refuses parameters with a sentence. */
export function invalid(sentence: string): RpcError {
  return new RpcError(-32602, sentence)
}

function byPosition(names: readonly string[], given: readonly unknown[]): Record<string, unknown> {
  if (given.length > names.length) {
    throw invalid(`the method takes ${names.length} parameters, got ${given.length}: ${print(given)}`)
  }
  return Object.fromEntries(given.map((value, i) => [names[i], value]))
}

function expected(name: string, what: string, got: unknown): RpcError {
  return invalid(`${name} must be ${what}, got ${print(got)}`)
}

function print(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
