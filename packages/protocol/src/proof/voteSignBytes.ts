import { concatBytes } from '../bytes/concatBytes.ts'
import type { BlockId, Time } from './cometTypes.ts'
import { encodeBlockId } from './encodeBlockId.ts'
import { encodeTime } from './encodeTime.ts'
import { protoFields } from './protoFields.ts'

const PRECOMMIT = 2

/** What a precommit says. Without a block id it is a vote for no block. */
export type Precommit = {
  readonly chainId: string
  readonly height: bigint
  readonly round: number
  readonly blockId: BlockId | undefined
  readonly time: Time
}

/** The bytes that a validator signs: its canonical precommit behind its length. CometBFT 0.38 `types.VoteSignBytes` */
export function voteSignBytes({ chainId, height, round, blockId, time }: Precommit): Uint8Array {
  const vote = protoFields().uint(1, PRECOMMIT).sfixed64(2, height).sfixed64(3, BigInt(round))
  if (blockId !== undefined) vote.message(4, encodeBlockId(blockId))
  const bytes = vote.message(5, encodeTime(time)).text(6, chainId).done()
  return concatBytes(lengthPrefix(bytes.length), bytes)
}

function lengthPrefix(length: number): Uint8Array {
  const bytes: number[] = []
  let rest = length
  while (rest > 127) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.of(...bytes, rest)
}
