import { createHash } from 'node:crypto'
import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { StateMeta } from './backEnd.ts'
import { StoreError } from './storeError.ts'

/** What a state directory must belong to. */
export type StateIdentity = {
  readonly path: string
  readonly names: readonly string[]
  readonly chainId: string
  /** What the records of the state look like; another release may have another. */
  readonly formatVersion: number | string
}

type Fields = { readonly [key: string]: unknown }

function checksum(body: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(body).digest())
}

/**
 * The error for a state whose content is not what was written. `height` is the newest one that looks whole, where one could
 * be told.
 */
export function damaged(path: string, found: string, height?: bigint): StoreError {
  const upTo = height === undefined ? 'any height' : `height ${height} or an earlier one`
  const remedy = `nothing was changed: go back to ${upTo} of which you have a backup or an exported state, by moving the directory away and restoring that, or move it away and sync again`
  return new StoreError('DAMAGED', `state file ${path}/data.mdb is damaged: ${found}; ${remedy}`)
}

/** sha256 of the body, then the body as JSON. */
export function encodeMeta({ chainId, formatVersion }: StateIdentity, meta: StateMeta): Uint8Array {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  const stores = [...meta.storeRoots].map(([name, root]) => [name, hex(root)])
  const heights = { version: meta.version.toString(), earliest: meta.earliest.toString() }
  const fields = { chainId, formatVersion, ...heights, root: hex(meta.root), stores }
  // determinism-allow: a note to this machine, never hashed into a root
  const body = Buffer.from(JSON.stringify(fields), 'utf8')
  return new Uint8Array(Buffer.concat([checksum(body), body]))
}

function parseFields(bytes: Uint8Array, path: string): Fields {
  const body = bytes.subarray(32)
  const isIntact = compareBytes(bytes.subarray(0, 32), checksum(body)) === 0
  if (!isIntact) throw damaged(path, 'the checksum of its meta record is wrong')
  // determinism-allow: what encodeMeta wrote, as its checksum says
  const fields: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
  if (typeof fields !== 'object' || fields === null) throw damaged(path, 'its meta record has no fields')
  return { ...fields }
}

function parseRoot(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw damaged(path, 'its meta record has a bad root')
  return new Uint8Array(Buffer.from(value, 'hex'))
}

/** Checks the record against the chain, format and `names` (in byte order) of the caller, then returns its state. */
export function decodeMeta(bytes: Uint8Array, { path, names, chainId, formatVersion }: StateIdentity): StateMeta {
  const fields = parseFields(bytes, path)
  if (fields.chainId !== chainId) {
    const what = `state directory ${path} belongs to chain '${String(fields.chainId)}', expected '${chainId}'`
    throw new StoreError('WRONG_CHAIN', `${what}: choose another directory or start with that chain's genesis`)
  }
  if (fields.formatVersion !== formatVersion) {
    const what = `state directory ${path} has format version ${String(fields.formatVersion)}, expected ${formatVersion}`
    throw new StoreError('WRONG_VERSION', `${what}: use the release that wrote it, or sync again into a new directory`)
  }
  const storeRoots = new Map<string, Uint8Array>()
  for (const pair of Array.isArray(fields.stores) ? fields.stores : []) {
    const [name, root]: readonly unknown[] = Array.isArray(pair) ? pair : []
    if (typeof name !== 'string') throw damaged(path, 'its meta record has a bad store name')
    storeRoots.set(name, parseRoot(root, path))
  }
  // determinism-allow: the order on the disk is what is checked
  const found = [...storeRoots.keys()]
  if (found.length !== names.length || found.some((name, i) => name !== names[i])) {
    const what = `state directory ${path} has the stores ${found.join(', ')}, expected ${names.join(', ')}`
    throw new StoreError('WRONG_VERSION', `${what}: use the release that wrote it, or sync again into a new directory`)
  }
  const version = parseHeight(fields.version, path)
  return { version, root: parseRoot(fields.root, path), storeRoots, earliest: parseHeight(fields.earliest, path) }
}

function parseHeight(value: unknown, path: string): bigint {
  if (typeof value !== 'string' || !/^\d+$/.test(value)) throw damaged(path, 'its meta record has a bad version')
  // determinism-allow: decimal digits, as the line above says
  return BigInt(value)
}
