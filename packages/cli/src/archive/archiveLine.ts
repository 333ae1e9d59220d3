import { createHash } from 'node:crypto'
import { fromBase64, toBase64 } from '@starling/protocol/bytes/base64'

/** A record as an archive file holds it. */
export type ArchivedRecord = {
  readonly chainId: string
  readonly topicId: bigint
  readonly nonce: bigint
  /** Nonce of the topic's record before; 0 where it is the first. */
  readonly previousNonce: bigint
  /** The canonical bytes, whose SHA-256 the chain keeps. */
  readonly bytes: Uint8Array
}

/** What a line says; it is damaged where its sum is not that of the text before, or undefined where it says no record. */
export type ParsedLine = { readonly record: ArchivedRecord | undefined; readonly damaged: boolean }

const WHOLE = /^(0|[1-9][0-9]{0,18})$/

/** One line of an archive: JSON, whose last field is the SHA-256 of all text before it. Without the line break. */
export function formatArchiveLine({ chainId, topicId, nonce, previousNonce, bytes }: ArchivedRecord): string {
  const fields = { chainId, topic: `${topicId}`, nonce: `${nonce}`, previous: `${previousNonce}` }
  const head = JSON.stringify({ ...fields, record: toBase64(bytes) }).slice(0, -1)
  return `${head},"sum":"${sumOf(head)}"}`
}

/** Reads a line; one that was damaged may still say a record, which is then not what was written. */
export function parseArchiveLine(text: string): ParsedLine {
  const [, head, sum] = /^(.*),"sum":"([0-9a-f]{64})"\}$/s.exec(text) ?? []
  const record = readFields(head === undefined ? text : `${head}}`)
  return { record, damaged: head === undefined || record === undefined || sumOf(head) !== sum }
}

function sumOf(head: string): string {
  return createHash('sha256').update(head, 'utf8').digest('hex')
}

function readFields(json: string): ArchivedRecord | undefined {
  const fields = parse(json)
  if (typeof fields !== 'object' || fields === null) return undefined
  const { chainId, topic, nonce, previous, record } = fields as Readonly<Record<string, unknown>>
  const [topicId, at, before] = [topic, nonce, previous].map(toWhole)
  const bytes = typeof record === 'string' ? fromBase64(record) : undefined
  if (typeof chainId !== 'string' || topicId === undefined || at === undefined || before === undefined) return undefined
  return bytes === undefined ? undefined : { chainId, topicId, nonce: at, previousNonce: before, bytes }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function toWhole(value: unknown): bigint | undefined {
  return typeof value === 'string' && WHOLE.test(value) ? BigInt(value) : undefined
}
