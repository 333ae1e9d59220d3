import { create, toBinary } from '@bufbuild/protobuf'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { sha256 } from '@starling/protocol/crypto/sha256'
import {
  type InputForecast,
  InputForecastSchema,
  type InputInference,
  InputInferenceSchema,
} from '@starling/protocol/gen/emissions/v10/types_pb'
import { TruthPayloadSchema } from '@starling/protocol/gen/starling/v1/sealed_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { makeCommitment } from '@starling/protocol/modules/epochs/sealed/makeCommitment'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { CHAIN_ID, type TestActor } from './testChain.ts'

/** Policy of a sealed topic: two blocks for commitments and two for reveals, of workers and of reputers. */
export const sealedPolicy = {
  submissions: 'sealed',
  workerCommitWindow: 2n,
  workerRevealWindow: 2n,
  truthCommitWindow: 2n,
  truthRevealWindow: 2n,
  bond: '1000',
} as const

/** Where and when. */
export type SealedPlace = { readonly topicId: bigint; readonly nonce: bigint }

type Message<U extends MessageToSend['typeUrl']> = Extract<MessageToSend, { readonly typeUrl: U }>

/** A commitment and what opens it. */
export type SealedPair = SealedWork | SealedTruth

/** That of a reputer. */
export type SealedTruth = {
  readonly commit: Message<'/starling.v1.CommitRequest'>
  readonly reveal: Message<'/starling.v1.RevealTruthRequest'>
}

/** That of a worker. */
export type SealedWork = {
  readonly commit: Message<'/starling.v1.CommitRequest'>
  readonly reveal: { readonly typeUrl: '/starling.v1.RevealWorkRequest'; readonly value: WorkFields }
}

type WorkFields = SealedPlace & {
  readonly sender: string
  readonly inference?: { readonly payload: InputInference; readonly salt: Uint8Array }
  readonly forecast?: { readonly payload: InputForecast; readonly salt: Uint8Array }
}

/** The salt of a name, 32 bytes. */
export const saltOf = (name: string): Uint8Array => sha256(toUtf8(name))

/** An inference of one number, sealed. */
export function sealInference(
  actor: TestActor,
  place: SealedPlace,
  value: string,
  salt: Uint8Array = saltOf(value),
): SealedWork {
  const { address: sender } = actor
  const { topicId, nonce } = place
  const payload = create(InputInferenceSchema, { topicId, blockHeight: nonce, inferer: sender, value })
  return {
    commit: commitMessage(actor, place, 'inferer', toBinary(InputInferenceSchema, payload), salt),
    reveal: {
      typeUrl: '/starling.v1.RevealWorkRequest',
      value: { sender, topicId, nonce, inference: { payload, salt } },
    },
  }
}

/** A forecast of log losses, sealed. */
export function sealForecast(
  actor: TestActor,
  place: SealedPlace,
  elements: readonly { readonly inferer: string; readonly value: string }[],
): SealedWork {
  const { address: sender } = actor
  const { topicId, nonce } = place
  const salt = saltOf(sender)
  const forecastElements = elements.map((element) => ({ ...element }))
  const payload = create(InputForecastSchema, { topicId, blockHeight: nonce, forecaster: sender, forecastElements })
  return {
    commit: commitMessage(actor, place, 'forecaster', toBinary(InputForecastSchema, payload), salt),
    reveal: {
      typeUrl: '/starling.v1.RevealWorkRequest',
      value: { sender, topicId, nonce, forecast: { payload, salt } },
    },
  }
}

/** A reputer's number, sealed. */
export function sealTruth(actor: TestActor, place: SealedPlace, value: string): SealedTruth {
  const { address: sender } = actor
  const salt = saltOf(value)
  const payload = create(TruthPayloadSchema, { value, source: 'thermometer', observedAt: '2024-08-09' })
  return {
    commit: commitMessage(actor, place, 'reputer', toBinary(TruthPayloadSchema, payload), salt),
    reveal: { typeUrl: '/starling.v1.RevealTruthRequest', value: { sender, ...place, payload, salt } },
  }
}

function commitMessage(
  { address: sender }: TestActor,
  place: SealedPlace,
  role: SubmitterRole,
  payload: Uint8Array,
  salt: Uint8Array,
): Message<'/starling.v1.CommitRequest'> {
  const commitment = makeCommitment({ chainId: CHAIN_ID, ...place, role, author: sender, payload, salt })
  return { typeUrl: '/starling.v1.CommitRequest', value: { sender, ...place, role, commitment } }
}
