import { describe, expect, it } from 'vitest'
import { fromHex } from '../bytes/hex.ts'
import { verifyEd25519 } from '../crypto/ed25519.ts'
import type { CommitSig, LightBlock } from './cometTypes.ts'
import { ProofError } from './proofError.ts'
import { testBlock, testValidator } from './testing/testValidators.ts'
import { checkLightBlock, type LightRules, verifyLightBlock } from './verifyLightBlock.ts'

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name) => testValidator(name, 10n))
if (!a || !b || !c || !d || !e) throw new Error('The fixture has five validators.')
const rules: LightRules = { chainId: 'c', nowMs: 1_000_000n, trustingPeriodMs: 500_000n, maxClockDriftMs: 5_000n }
const trusted = testBlock({ height: 5n, seconds: 900n, validators: [a, b, c] })

const codeOf = (next: LightBlock, changed: Partial<LightRules> = {}, from = trusted): string => {
  try {
    verifyLightBlock(from, next, { ...rules, ...changed })
    return 'accepted'
  } catch (error) {
    if (error instanceof ProofError) return error.code
    throw error
  }
}

const withSignature = (block: LightBlock, index: number, change: Partial<CommitSig>): LightBlock => {
  const signatures = block.commit.signatures.map((old, i) => (i === index ? { ...old, ...change } : old))
  return { ...block, commit: { ...block.commit, signatures } }
}

describe('the next height', () => {
  const next = testBlock({ height: 6n, seconds: 901n, validators: [a, b, c] })

  it('is accepted with the validators that the trusted header announces', () => {
    expect(codeOf(next)).toBe('accepted')
    const changing = testBlock({ height: 5n, seconds: 900n, validators: [a, b, c], nextValidators: [d, e] })
    expect(codeOf(testBlock({ height: 6n, seconds: 901n, validators: [d, e] }), {}, changing)).toBe('accepted')
    expect(codeOf(next, {}, changing)).toBe('WRONG_VALIDATORS')
  })

  it('needs more than two thirds of the power, on exactly this block', () => {
    expect(codeOf(testBlock({ height: 6n, seconds: 901n, validators: [a, b, c], signers: [a, b] }))).toBe(
      'TOO_LITTLE_POWER',
    )
    expect(codeOf(withSignature(next, 1, { signature: new Uint8Array(64) }))).toBe('BAD_SIGNATURE')
    expect(codeOf(withSignature(next, 1, { flag: 3 }))).toBe('TOO_LITTLE_POWER')
    expect(codeOf(withSignature(next, 1, { time: { seconds: 1n, nanos: 0 } }))).toBe('BAD_SIGNATURE')
    expect(codeOf(withSignature(next, 1, { validatorAddress: a.address }))).toBe('WRONG_VALIDATORS')
    expect(codeOf({ ...next, header: { ...next.header, appHash: new Uint8Array(32) } })).toBe('WRONG_HEADER')
    expect(codeOf({ ...next, commit: trusted.commit })).toBe('WRONG_HEADER')
    expect(codeOf({ ...next, commit: { ...next.commit, signatures: next.commit.signatures.slice(0, 2) } })).toBe(
      'WRONG_VALIDATORS',
    )
    expect(codeOf({ ...next, validators: [a, b] })).toBe('WRONG_VALIDATORS')
  })

  it('stops at two thirds: what is behind is not looked at', () => {
    const four = testBlock({ height: 5n, seconds: 900n, validators: [a, b, c, d] })
    const after = testBlock({ height: 6n, seconds: 901n, validators: [a, b, c, d] })
    expect(codeOf(withSignature(after, 3, { signature: new Uint8Array(64) }), {}, four)).toBe('accepted')
    expect(codeOf(withSignature(after, 2, { signature: new Uint8Array(64) }), {}, four)).toBe('BAD_SIGNATURE')
  })

  it('is refused for another chain, an old height or time, and times out of bounds', () => {
    const foreign = testBlock({ height: 6n, seconds: 901n, validators: [a, b, c], chainId: 'd' })
    expect(codeOf(foreign)).toBe('WRONG_CHAIN')
    expect(codeOf({ ...foreign, header: { ...foreign.header, chainId: 'c' } })).toBe('WRONG_HEADER')
    expect(codeOf(trusted)).toBe('OLD_HEADER')
    expect(codeOf(testBlock({ height: 6n, seconds: 900n, validators: [a, b, c] }))).toBe('OLD_HEADER')
    expect(codeOf(next, { nowMs: 896_000n })).toBe('FROM_THE_FUTURE')
    expect(() => verifyLightBlock(trusted, next, { ...rules, nowMs: 850_000n })).toThrow(
      "block 6 is 51 s ahead of this machine's clock, at most 5 s are allowed. If this clock is behind, set it",
    )
    expect(codeOf(next, { nowMs: 896_001n })).toBe('accepted')
    expect(codeOf(next, { nowMs: 1_400_000n })).toBe('EXPIRED')
    expect(codeOf(next, { nowMs: 1_399_999n })).toBe('accepted')
  })
})

describe('a later height', () => {
  it('needs more than one third of the trusted power, and two thirds of its own', () => {
    const at9 = (validators: (typeof a)[], signers = validators): LightBlock =>
      testBlock({ height: 9n, seconds: 905n, validators, signers })
    expect(codeOf(at9([a, b, d, e]))).toBe('accepted')
    expect(codeOf(at9([e, d, b, a]))).toBe('accepted')
    expect(codeOf(at9([a, d, e]))).toBe('TOO_LITTLE_TRUST')
    expect(codeOf(at9([d, e]))).toBe('TOO_LITTLE_TRUST')
    expect(codeOf(at9([a, b, d, e], [a, b]))).toBe('TOO_LITTLE_POWER')
    expect(codeOf(withSignature(at9([a, b, d, e]), 0, { signature: new Uint8Array(64) }))).toBe('BAD_SIGNATURE')
  })

  it('counts no validator twice', () => {
    const twice = testBlock({ height: 9n, seconds: 905n, validators: [a, a, d, e] })
    expect(codeOf(twice)).toBe('TOO_LITTLE_TRUST')
  })
})

it('a block is checked by itself', () => {
  expect(() => checkLightBlock(trusted, 'c')).not.toThrow()
  expect(() => checkLightBlock(trusted, 'd')).toThrow(/chain "c"; expected "d"/)
})

it('signatures follow ZIP-215, as CometBFT: a key of small order signs everything', () => {
  const identity = fromHex(`01${'00'.repeat(31)}`) ?? new Uint8Array()
  const signature = fromHex(`01${'00'.repeat(63)}`) ?? new Uint8Array()
  expect(verifyEd25519(new Uint8Array(5), signature, identity)).toBe(true)
  expect(verifyEd25519(new Uint8Array(5), signature.subarray(1), identity)).toBe(false)
  expect(verifyEd25519(new Uint8Array(5), signature, identity.subarray(1))).toBe(false)
  expect(verifyEd25519(new Uint8Array(5), signature, new Uint8Array(32).fill(255))).toBe(false)
})
