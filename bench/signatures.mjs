// Signature checks per second by library: what the node uses, and what else could check the same. Prints figures; fails
// where a good signature is refused or a changed one is taken.

import { createPublicKey, verify as opensslVerify } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { loadNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { rateOf } from './lib/measure.mjs'
import { printTable, shorten } from './lib/report.mjs'

const SIGNATURES = 64
const messages = Array.from({ length: SIGNATURES }, (_, i) => sha256(Uint8Array.of(i)))

/** Signatures of as many messages, each by a key of its own. */
function sign(scheme, options) {
  return messages.map((message, i) => {
    const privateKey = sha256(Uint8Array.of(i, 1))
    const signature = scheme.sign(message, privateKey, options)
    return { message, signature, publicKey: scheme.getPublicKey(privateKey) }
  })
}

/** A check of one signature after the other, which must be right about each, and about a changed one. */
function checker(signed, check) {
  const [{ message, signature, publicKey }] = signed
  const changed = signature.slice()
  changed[40] ^= 1
  if (check({ message, signature: changed, publicKey })) throw new Error('a changed signature was taken')
  let next = 0
  return () => {
    if (!check(signed[next++ % SIGNATURES])) throw new Error('a good signature was refused')
  }
}

/** A row of the table; the library may be missing on this machine. */
function row(curve, library, use, signed, check) {
  const rate = check === undefined ? 'not on this machine' : shorten(rateOf(checker(signed, check), { batch: 32 }))
  return [`${curve}, ${library}`, use, rate]
}

const ofAccounts = sign(secp256k1, { prehash: false, lowS: true, format: 'compact' })
const ofValidators = sign(ed25519)
const native = loadNativeSecp256k1()
const DER = { ed25519: '302a300506032b6570032100' }
const keyOf = (curve, publicKey) =>
  createPublicKey({
    key: Buffer.concat([Buffer.from(DER[curve], 'hex'), publicKey]),
    format: 'der',
    type: 'spki',
  })
const keys = new Map(ofValidators.map(({ publicKey }) => [publicKey, keyOf('ed25519', publicKey)]))

printTable({
  title: 'Signature checks a second, by library',
  note: 'one thread; a key of its own for each of 64 signatures',
  columns: ['curve, library', 'use', 'checks/s'],
  rows: [
    row(
      'secp256k1',
      'secp256k1 (libsecp256k1)',
      'transactions',
      ofAccounts,
      native && (({ message, signature, publicKey }) => native.verify(message, signature, publicKey)),
    ),
    row('secp256k1', '@noble/curves', 'the same without a binary', ofAccounts, ({ message, signature, publicKey }) =>
      secp256k1.verify(signature, message, publicKey, { prehash: false, lowS: true, format: 'compact' }),
    ),
    row(
      'ed25519',
      'OpenSSL, key object kept',
      'headers in the command line',
      ofValidators,
      ({ message, signature, publicKey }) => opensslVerify(null, message, keys.get(publicKey), signature),
    ),
    row('ed25519', 'OpenSSL, key object new', 'none', ofValidators, ({ message, signature, publicKey }) =>
      opensslVerify(null, message, keyOf('ed25519', publicKey), signature),
    ),
    row('ed25519', '@noble/curves, ZIP-215', 'headers in the browser', ofValidators, (one) =>
      ed25519.verify(one.signature, one.message, one.publicKey, { zip215: true }),
    ),
  ],
})
