import { ed25519 } from '@noble/curves/ed25519.js'
import { toUtf8 } from '../../bytes/utf8.ts'
import { sha256 } from '../../crypto/sha256.ts'
import type { CommitSig, Header, LightBlock, Time, Validator } from '../cometTypes.ts'
import { headerHash } from '../headerHash.ts'
import { merkleRoot } from '../merkleRoot.ts'
import { validatorAddress } from '../validatorAddress.ts'
import { validatorsHash } from '../validatorsHash.ts'
import { voteSignBytes } from '../voteSignBytes.ts'

/** A validator of a test, which can sign. */
export type TestValidator = Validator & { readonly secret: Uint8Array }

/** The validator of a name. */
export function testValidator(name: string, power: bigint): TestValidator {
  const secret = sha256(toUtf8(name))
  const publicKey = ed25519.getPublicKey(secret)
  return { secret, publicKey, address: validatorAddress(publicKey), power }
}

/** What a block of a test is made of. */
export type TestBlock = {
  readonly height: bigint
  readonly seconds: bigint
  readonly validators: readonly TestValidator[]
  /** Default: the same. */
  readonly nextValidators?: readonly TestValidator[]
  /** Default: all. */
  readonly signers?: readonly TestValidator[]
  readonly chainId?: string
}

/** A light block that its signers have signed. */
export function testBlock(options: TestBlock): LightBlock {
  const { height, seconds, validators, nextValidators = validators, signers = validators, chainId = 'c' } = options
  const empty = merkleRoot([])
  const time: Time = { seconds, nanos: 0 }
  const header: Header = {
    version: { block: 11n, app: 1n },
    chainId,
    height,
    time,
    lastBlockId: { hash: empty, parts: { total: 1, hash: empty } },
    lastCommitHash: empty,
    dataHash: empty,
    validatorsHash: validatorsHash(validators),
    nextValidatorsHash: validatorsHash(nextValidators),
    consensusHash: empty,
    appHash: empty,
    lastResultsHash: empty,
    evidenceHash: empty,
    proposerAddress: validators[0]?.address ?? new Uint8Array(20),
  }
  const blockId = { hash: headerHash(header), parts: { total: 1, hash: empty } }
  const bytes = voteSignBytes({ chainId, height, round: 0, blockId, time })
  const signatures = validators.map((validator): CommitSig => {
    const { secret, address: validatorAddress } = validator
    if (!signers.includes(validator)) {
      return {
        flag: 1,
        validatorAddress: new Uint8Array(),
        time: { seconds: 0n, nanos: 0 },
        signature: new Uint8Array(),
      }
    }
    return { flag: 2, validatorAddress, time, signature: ed25519.sign(bytes, secret) }
  })
  return { header, commit: { height, round: 0, blockId, signatures }, validators }
}
