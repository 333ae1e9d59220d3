import { createHash } from 'node:crypto'

/** Hex of the SHA-256 of a text. */
export const digestOf = (text) => createHash('sha256').update(text).digest('hex')
