import { fromBinary } from '@bufbuild/protobuf'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { type RecordPieces, RecordPiecesSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { StarlingError } from '../starlingError.ts'
import type { ReadKey } from './types.ts'

/** First byte of what stands under a record's key: the record itself follows, or the hashes of its pieces. */
const WHOLE = 0

/** A record's bytes, put together where they are kept in pieces; undefined where there is none. SPEC GR-3 */
export async function readRecordBytes(
  readKey: ReadKey,
  topicId: bigint,
  nonce: bigint,
): Promise<Uint8Array | undefined> {
  const stored = await readKey('rewards', rewardsKeys.record(topicId, nonce))
  if (stored === undefined) return undefined
  if (stored[0] === WHOLE) return stored.subarray(1)
  const { hashes } = decodePieces(stored.subarray(1), nonce)
  const pieces = await Promise.all(
    hashes.map((_, index) => readKey('rewards', rewardsKeys.piece(topicId, nonce, BigInt(index)))),
  )
  // A missing piece leaves a gap that the hash of the whole shows.
  return concatBytes(...pieces.map((piece) => piece ?? new Uint8Array()))
}

function decodePieces(bytes: Uint8Array, nonce: bigint): RecordPieces {
  try {
    return fromBinary(RecordPiecesSchema, bytes)
  } catch (cause) {
    const sentence = `What the node has in place of the record of epoch ${nonce} cannot be read. Ask another node.`
    throw new StarlingError('unavailable', sentence, { cause })
  }
}
