import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { InputForecastSchema, InputInferenceSchema } from '@starling/protocol/gen/emissions/v10/types_pb'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { commitMessage, newSalt, type SaltSource, type SealedPlace, type SealedSubmission } from './sealing.ts'

/** What a worker predicts, as the wire has it; at least one of the two. */
export type WorkToSeal = {
  readonly inference?: MessageInitShape<typeof InputInferenceSchema>
  readonly forecast?: MessageInitShape<typeof InputForecastSchema>
}

/**
 * Seals a worker's inference and forecast for a nonce: the commitments to send in the commit window, and the message that
 * opens them in the reveal window. Without the reveal nothing can be opened: keep it until then. SPEC VT-2
 */
export function sealWork(
  place: SealedPlace,
  { inference, forecast }: WorkToSeal,
  saltOf: SaltSource = newSalt,
): SealedSubmission {
  const { topicId, nonce, author: sender } = place
  const part = { topicId, blockHeight: nonce }
  const parts: { readonly commit: MessageToSend; readonly opened: object }[] = []
  if (inference !== undefined) {
    const payload = create(InputInferenceSchema, { ...inference, ...part, inferer: sender })
    const opened = { payload, salt: saltOf(place, 'inferer') }
    const bytes = toBinary(InputInferenceSchema, payload)
    parts.push({ commit: commitMessage(place, 'inferer', bytes, opened.salt), opened: { inference: opened } })
  }
  if (forecast !== undefined) {
    const payload = create(InputForecastSchema, { ...forecast, ...part, forecaster: sender })
    const opened = { payload, salt: saltOf(place, 'forecaster') }
    const bytes = toBinary(InputForecastSchema, payload)
    parts.push({ commit: commitMessage(place, 'forecaster', bytes, opened.salt), opened: { forecast: opened } })
  }
  const value = Object.assign({ sender, topicId, nonce }, ...parts.map(({ opened }) => opened))
  return {
    commits: parts.map(({ commit }) => commit),
    reveal: { typeUrl: '/starling.v1.RevealWorkRequest', value },
  }
}
