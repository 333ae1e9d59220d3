import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { TruthPayloadSchema } from '@starling/protocol/gen/starling/v1/sealed_pb'
import { commitMessage, newSalt, type SaltSource, type SealedPlace, type SealedSubmission } from './sealing.ts'

/** Seals what a reputer attests for a nonce: the commitment, and the message that opens it. SPEC VT-2 */
export function sealTruth(
  place: SealedPlace,
  truth: MessageInitShape<typeof TruthPayloadSchema>,
  saltOf: SaltSource = newSalt,
): SealedSubmission {
  const { topicId, nonce, author: sender } = place
  const payload = create(TruthPayloadSchema, truth)
  const salt = saltOf(place, 'reputer')
  return {
    commits: [commitMessage(place, 'reputer', toBinary(TruthPayloadSchema, payload), salt)],
    reveal: { typeUrl: '/starling.v1.RevealTruthRequest', value: { sender, topicId, nonce, payload, salt } },
  }
}
