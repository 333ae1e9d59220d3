import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../bytes/hex.ts'
import { toUtf8 } from '../../../bytes/utf8.ts'
import { type CommitmentParts, makeCommitment } from './makeCommitment.ts'

const parts: CommitmentParts = {
  chainId: 'starling-1',
  topicId: 7n,
  nonce: 120n,
  role: 'inferer',
  author: 'allo1xyz',
  payload: toUtf8('payload'),
  salt: new Uint8Array(32).fill(9),
}

describe('VT-2 a commitment', () => {
  it('is SHA-256 over length-prefixed parts, as hashlib makes it', () => {
    // vectors/reference/commitment.py prints this line.
    expect(toHex(makeCommitment(parts))).toBe('9444d980525f0664ecf45e65604f1ed3ced22a47ef93c2de95365419f9e9a57b')
  })

  it('differs where any part differs, even where two parts only share out their letters otherwise', () => {
    const changed: readonly Partial<CommitmentParts>[] = [
      { chainId: 'starling-17' },
      { chainId: 'starling-', topicId: 17n },
      { topicId: 71n, nonce: 20n },
      { nonce: 121n },
      { role: 'forecaster' },
      { author: 'allo1xy' },
      { payload: toUtf8('payloads') },
      { salt: new Uint8Array(32).fill(8) },
    ]
    const made = [parts, ...changed.map((change) => ({ ...parts, ...change }))].map((one) => toHex(makeCommitment(one)))
    expect(new Set(made).size).toBe(changed.length + 1)
  })

  it('says nothing of its payload to who does not know the salt', () => {
    const salts = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(salts, salts, (a, b) => {
        const [first, second] = [a, b].map((salt) => toHex(makeCommitment({ ...parts, salt })))
        expect(first === second).toBe(toHex(a) === toHex(b))
      }),
    )
  })
})
