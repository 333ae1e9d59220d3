/** A time as CometBFT keeps it: whole seconds since 1970 and nanoseconds from 0 to 999,999,999. */
export type Time = { readonly seconds: bigint; readonly nanos: number }

/** How the bytes of a block are cut into parts, and the Merkle root of these. */
export type PartSetHeader = { readonly total: number; readonly hash: Uint8Array }

/** What names a block: the hash of its header, and of its parts. Both are empty before block 1. */
export type BlockId = { readonly hash: Uint8Array; readonly parts: PartSetHeader }

/** The header of a CometBFT block. */
export type Header = {
  readonly version: { readonly block: bigint; readonly app: bigint }
  readonly chainId: string
  readonly height: bigint
  readonly time: Time
  readonly lastBlockId: BlockId
  readonly lastCommitHash: Uint8Array
  readonly dataHash: Uint8Array
  readonly validatorsHash: Uint8Array
  readonly nextValidatorsHash: Uint8Array
  readonly consensusHash: Uint8Array
  /** Application hash after the block before. */
  readonly appHash: Uint8Array
  readonly lastResultsHash: Uint8Array
  readonly evidenceHash: Uint8Array
  readonly proposerAddress: Uint8Array
}

/** What a validator has signed: nothing (1), this block (2) or no block (3). */
export type BlockIdFlag = 1 | 2 | 3

/** One validator's part in a commit; empty where it has signed nothing. */
export type CommitSig = {
  readonly flag: BlockIdFlag
  readonly validatorAddress: Uint8Array
  readonly time: Time
  readonly signature: Uint8Array
}

/** The signatures on a block, in the order of the validators. */
export type Commit = {
  readonly height: bigint
  readonly round: number
  readonly blockId: BlockId
  readonly signatures: readonly CommitSig[]
}

/** A validator with an ed25519 key of 32 bytes. */
export type Validator = { readonly address: Uint8Array; readonly publicKey: Uint8Array; readonly power: bigint }

/** Validators in CometBFT's order. */
export type ValidatorSet = readonly Validator[]

/** A header and the commit that signs it. */
export type SignedHeader = { readonly header: Header; readonly commit: Commit }

/** All that a light client needs of a height. */
export type LightBlock = SignedHeader & { readonly validators: ValidatorSet }
