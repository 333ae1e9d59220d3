import { parseAddress } from '@starling/protocol/crypto/address'

/** What somebody who searches may mean. */
export type Sought =
  | { readonly kind: 'nothing' }
  /** A topic or a block, or only one of them. */
  | { readonly kind: 'number'; readonly number: bigint; readonly as: 'topic' | 'block' | 'either' }
  | { readonly kind: 'address'; readonly address: string }
  /** Looks like an address, but its checksum is wrong. */
  | { readonly kind: 'mistyped'; readonly text: string }
  /** Of a transaction or a block, in upper-case hexadecimal. */
  | { readonly kind: 'hash'; readonly hash: string }
  /** Of a validator, in lower-case hexadecimal. */
  | { readonly kind: 'validator'; readonly address: string }
  | { readonly kind: 'words'; readonly text: string }

/** Reads what was typed into the search: a number, an address, a hash, else words. */
export function understand(typed: string): Sought {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  const [, noun = '', rest = text] =
    /^(topic|block|height|tx|transaction|account|validator)\s*[:#]?\s*(\S+)$/i.exec(text) ?? []
  const digits = rest.replace(/^#/, '').replace(/[ \u202f,_]/g, '')
  if (/^[0-9]{1,18}$/.test(digits)) return { kind: 'number', number: BigInt(digits), as: whichOf(noun.toLowerCase()) }
  if (/^allo1/i.test(rest)) {
    const address = rest.toLowerCase()
    return parseAddress(address) === undefined ? { kind: 'mistyped', text: rest } : { kind: 'address', address }
  }
  const [, hex] = /^(?:0x)?([0-9a-f]+)$/i.exec(rest) ?? []
  if (hex?.length === 64) return { kind: 'hash', hash: hex.toUpperCase() }
  if (hex?.length === 40) return { kind: 'validator', address: hex.toLowerCase() }
  return { kind: 'words', text }
}

function whichOf(noun: string): 'topic' | 'block' | 'either' {
  if (noun === 'topic') return 'topic'
  return noun === 'block' || noun === 'height' ? 'block' : 'either'
}

/** What was understood, in words. */
export function soughtText(sought: Sought): string {
  switch (sought.kind) {
    case 'nothing':
      return 'nothing yet: type a topic, an address, a height or a hash'
    case 'number':
      return sought.as === 'either'
        ? `the number ${sought.number}: a topic or a block`
        : `${sought.as} ${sought.number}`
    case 'address':
      return 'the address of an account'
    case 'mistyped':
      return 'an address of an account with a mistake in it: its checksum is wrong'
    case 'hash':
      return 'the hash of a transaction or of a block'
    case 'validator':
      return 'the address of a validator'
    case 'words':
      return 'words in the name of a topic'
  }
}
