import { toBinary } from '@bufbuild/protobuf'
import { fromHex } from '../../bytes/hex.ts'
import { addressOfPublicKey } from '../../crypto/address.ts'
import { verifySecp256k1 } from '../../crypto/secp256k1.ts'
import { sha256 } from '../../crypto/sha256.ts'
import type { InsertWorkerPayloadRequest } from '../../gen/emissions/v10/tx_pb.ts'
import {
  type InputForecast,
  type InputInference,
  InputInferenceForecastBundleSchema,
  type InputWorkerDataBundle,
} from '../../gen/emissions/v10/types_pb.ts'
import { emissionsError } from '../emissionsError.ts'
import { readAddressField } from '../readFields.ts'
import { checkPart } from './checkPart.ts'

/** A well-formed payload: who predicts what for which epoch. Whether the topic takes it is checked with the state. */
export type WorkerPayload = {
  readonly sender: string
  readonly worker: string
  readonly topicId: bigint
  readonly nonce: bigint
  readonly inference: InputInference | undefined
  readonly forecast: InputForecast | undefined
}

/**
 * Stateless checks of a worker's payload. The inner signature may be left out together with the key where the worker
 * itself sends the transaction, which is signed; where it stands, it must be right. SPEC lifecycle 2.6, wire 4.4
 */
export function checkWorkerPayload({ sender, workerDataBundle: bundle }: InsertWorkerPayloadRequest): WorkerPayload {
  readAddressField('sender', sender)
  if (bundle === undefined) throw invalid('worker_data_bundle', 'set', 'nothing')
  const worker = readAddressField('worker_data_bundle.worker', bundle.worker)
  const { topicId } = bundle
  const nonce = bundle.nonce?.blockHeight
  if (nonce === undefined || nonce <= 0n) throw invalid('nonce.block_height', 'above 0', String(nonce ?? 'nothing'))
  const { inference, forecast } = bundle.inferenceForecastsBundle ?? {}
  if (inference === undefined && forecast === undefined) {
    throw invalid('inference_forecasts_bundle', 'an inference, a forecast or both', 'neither')
  }
  checkPart('inference.inferer', inference, inference?.inferer, { worker, topicId, nonce })
  checkPart('forecast.forecaster', forecast, forecast?.forecaster, { worker, topicId, nonce })
  checkSignature(bundle, sender)
  return { sender, worker, topicId, nonce, inference, forecast }
}

function checkSignature(bundle: InputWorkerDataBundle, sender: string): void {
  const { worker, pubkey, inferencesForecastsBundleSignature: signature } = bundle
  if (pubkey === '' && signature.length === 0) {
    if (worker === sender) return
    throw invalid('inferences_forecasts_bundle_signature', `set, as ${sender} sends for another worker`, 'nothing')
  }
  const key = fromHex(pubkey)
  if (key === undefined || key.length !== 33) throw invalid('pubkey', '33 bytes in hexadecimal', pubkey)
  if (addressOfPublicKey(key) !== worker) throw invalid('pubkey', `the key of ${worker}`, pubkey)
  const signed = bundle.inferenceForecastsBundle
  if (signed === undefined) return
  const digest = sha256(toBinary(InputInferenceForecastBundleSchema, signed))
  if (!verifySecp256k1(digest, signature, key)) throw emissionsError('SIGNATURE_FAILED', { worker })
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_WORKER_DATA', { field, expected, got })
}
