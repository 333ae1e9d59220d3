import { decodeTx, type Tx } from '@starling/protocol/tx/decodeTx'

/** A transaction as this page reads it: decoded, or why it cannot be. */
export type TxHere = { readonly tx?: Tx; readonly fault?: string }

/** Decodes the bytes of a transaction by the rules of the protocol. */
export function readTxHere(bytes: Uint8Array): TxHere {
  try {
    return { tx: decodeTx(bytes) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

/** Names of the messages, equal ones counted. */
export function messageNames({ tx }: TxHere): string {
  if (tx === undefined) return 'not of this version'
  const counts = new Map<string, number>()
  for (const { typeUrl } of tx.messages) {
    const name = messageName(typeUrl)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(', ')
}

/** A type URL in plain words: `/emissions.v10.AddStakeRequest` is `add stake`. */
export function messageName(typeUrl: string): string {
  const name = typeUrl.slice(typeUrl.lastIndexOf('.') + 1).replace(/^Msg|Request$/g, '')
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase()
}
