import { equalBytes } from '../bytes/compareBytes.ts'
import { toHex } from '../bytes/hex.ts'
import type { LightBlock, Time } from './cometTypes.ts'
import { headerHash } from './headerHash.ts'
import { ProofError } from './proofError.ts'
import { validatorsHash } from './validatorsHash.ts'
import { verifyCommit, verifyTrust } from './verifyCommit.ts'

/** What a light client goes by. Times in milliseconds. */
export type LightRules = {
  readonly chainId: string
  /** Milliseconds since 1970. */
  readonly nowMs: bigint
  /** How long a verified header is trusted: shorter than validators need to withdraw their stake. */
  readonly trustingPeriodMs: bigint
  /** How far a header may be ahead of the own clock. */
  readonly maxClockDriftMs: bigint
}

const MS = 1_000_000n
const SECOND = 1000n * MS

/**
 * Goes from a trusted block to a newer one, as CometBFT 0.38's light client does: to the next height by
 * `next_validators_hash`, to any later one by more than one third of the trusted validators' power; in both cases more
 * than two thirds of its own validators must have signed it.
 * Throws `ProofError`; after TOO_LITTLE_TRUST verify a height in between first.
 */
export function verifyLightBlock(trusted: LightBlock, next: LightBlock, rules: LightRules): void {
  const { header } = next
  const now = rules.nowMs * MS
  if (nanosOf(trusted.header.time) + rules.trustingPeriodMs * MS <= now) {
    throw new ProofError(
      'EXPIRED',
      `The trusted block ${trusted.header.height} is older than the trusting period. Choose a newer block to trust.`,
    )
  }
  if (header.height <= trusted.header.height || nanosOf(header.time) <= nanosOf(trusted.header.time)) {
    const place = `block ${header.height} is not newer than the trusted block ${trusted.header.height}`
    throw new ProofError('OLD_HEADER', `The header of ${place}, by height or time.`)
  }
  const ahead = nanosOf(header.time) - now
  if (ahead >= rules.maxClockDriftMs * MS) {
    const what = `The time of block ${header.height} is ${ahead / SECOND} s ahead of this machine's clock`
    throw new ProofError(
      'FROM_THE_FUTURE',
      `${what}, at most ${rules.maxClockDriftMs / 1000n} s are allowed. If this clock is behind, set it and try again.`,
    )
  }
  const isNext = header.height === trusted.header.height + 1n
  if (isNext && !equalBytes(header.validatorsHash, trusted.header.nextValidatorsHash)) {
    const what = `validators of block ${header.height} are not those that block ${trusted.header.height} announces`
    throw new ProofError('WRONG_VALIDATORS', `The ${what}.`)
  }
  checkHeader(next, rules.chainId)
  if (!isNext) verifyTrust(rules.chainId, next.commit, trusted.validators)
  checkCommit(next)
}

/**
 * Checks that a block agrees with itself: chain, validators' hash, header's hash, more than two thirds of its own
 * validators. It says nothing about trust: for a block that is trusted at first sight, or by a hash known from elsewhere.
 * Throws `ProofError`.
 */
export function checkLightBlock(block: LightBlock, chainId: string): void {
  checkHeader(block, chainId)
  checkCommit(block)
}

function checkHeader({ header, commit, validators }: LightBlock, chainId: string): void {
  if (header.chainId !== chainId) {
    throw new ProofError('WRONG_CHAIN', `The header is of chain "${header.chainId}"; expected "${chainId}".`)
  }
  if (!equalBytes(validatorsHash(validators), header.validatorsHash)) {
    const what = `validators given for block ${header.height} are not those of its header`
    throw new ProofError('WRONG_VALIDATORS', `The ${what}.`)
  }
  const hash = headerHash(header)
  if (!equalBytes(hash, commit.blockId.hash) || commit.height !== header.height) {
    throw new ProofError(
      'WRONG_HEADER',
      `The header of block ${header.height} has the hash ${toHex(hash)}, but its commit is of block ${commit.height} with ${toHex(commit.blockId.hash)}.`,
    )
  }
}

function checkCommit({ header, commit, validators }: LightBlock): void {
  const { chainId, height } = header
  verifyCommit({ chainId, height, blockId: commit.blockId, commit, validators })
}

function nanosOf({ seconds, nanos }: Time): bigint {
  return seconds * 1_000_000_000n + BigInt(nanos)
}
