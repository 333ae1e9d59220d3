import { equalBytes } from '../bytes/compareBytes.ts'
import { toHex } from '../bytes/hex.ts'
import { verifyEd25519 } from '../crypto/ed25519.ts'
import type { BlockId, Commit, CommitSig, Validator, ValidatorSet } from './cometTypes.ts'
import { ProofError } from './proofError.ts'
import { voteSignBytes } from './voteSignBytes.ts'

/** What a commit is said to sign, and who may. */
export type CommitClaim = {
  readonly chainId: string
  readonly height: bigint
  readonly blockId: BlockId
  readonly commit: Commit
  readonly validators: ValidatorSet
}

/**
 * Checks that more than two thirds of the validators' power have signed exactly this block. It goes in order and stops
 * when there is enough, as CometBFT's light client does: signatures behind that are not looked at.
 * Throws `ProofError` WRONG_HEADER, WRONG_VALIDATORS, BAD_SIGNATURE or TOO_LITTLE_POWER.
 */
export function verifyCommit({ chainId, height, blockId, commit, validators }: CommitClaim): void {
  if (commit.height !== height || !isSameBlock(commit.blockId, blockId)) {
    throw new ProofError(
      'WRONG_HEADER',
      `The commit is of another block than block ${height} (${toHex(blockId.hash)}).`,
    )
  }
  if (commit.signatures.length !== validators.length) {
    const counts = `${commit.signatures.length} signatures for ${validators.length} validators`
    throw new ProofError('WRONG_VALIDATORS', `The commit of block ${height} has ${counts}; it must have one for each.`)
  }
  const needed = (powerOf(validators) * 2n) / 3n
  let signed = 0n
  for (const [index, signature] of commit.signatures.entries()) {
    const validator = validators[index]
    if (signature.flag !== 2 || validator === undefined) continue
    if (!equalBytes(signature.validatorAddress, validator.address)) {
      const place = `Signature ${index} of the commit of block ${height}`
      throw new ProofError('WRONG_VALIDATORS', `${place} is of another validator than stands there.`)
    }
    refuseForged(chainId, commit, signature, validator)
    signed += validator.power
    if (signed > needed) return
  }
  throw new ProofError(
    'TOO_LITTLE_POWER',
    `Validators with a power of ${signed} have signed block ${height}; more than ${needed} is needed, two thirds of all.`,
  )
}

/**
 * Checks that validators with more than one third of the power of a trusted set have signed, at whatever place.
 * Throws `ProofError` BAD_SIGNATURE or TOO_LITTLE_TRUST.
 */
export function verifyTrust(chainId: string, commit: Commit, trusted: ValidatorSet): void {
  const needed = powerOf(trusted) / 3n
  const byAddress: ReadonlyMap<string, Validator> = new Map(trusted.map((known) => [toHex(known.address), known]))
  const counted = new Set<string>()
  let signed = 0n
  for (const signature of commit.signatures) {
    const name = toHex(signature.validatorAddress)
    const validator = byAddress.get(name)
    if (signature.flag !== 2 || validator === undefined || counted.has(name)) continue
    counted.add(name)
    refuseForged(chainId, commit, signature, validator)
    signed += validator.power
    if (signed > needed) return
  }
  throw new ProofError(
    'TOO_LITTLE_TRUST',
    `Trusted validators with a power of ${signed} have signed block ${commit.height}; more than ${needed} is needed, one third of all. Verify a height in between first.`,
  )
}

function refuseForged(chainId: string, commit: Commit, { time, signature }: CommitSig, validator: Validator): void {
  const { height, round, blockId } = commit
  const bytes = voteSignBytes({ chainId, height, round, blockId, time })
  if (verifyEd25519(bytes, signature, validator.publicKey)) return
  const who = toHex(validator.address)
  throw new ProofError('BAD_SIGNATURE', `The signature of validator ${who} on block ${height} is wrong.`)
}

function powerOf(validators: ValidatorSet): bigint {
  return validators.reduce((sum, { power }) => sum + power, 0n)
}

function isSameBlock(a: BlockId, b: BlockId): boolean {
  return equalBytes(a.hash, b.hash) && a.parts.total === b.parts.total && equalBytes(a.parts.hash, b.parts.hash)
}
