import { toBinary } from '@bufbuild/protobuf'
import {
  type InputForecast,
  InputForecastSchema,
  type InputInference,
  InputInferenceSchema,
} from '../../../gen/emissions/v10/types_pb.ts'
import type { RevealWorkRequest } from '../../../gen/starling/v1/sealed_pb.ts'
import { emissionsError } from '../../emissionsError.ts'
import { readAddressField } from '../../readFields.ts'
import { checkPart, type PartOwner } from '../checkPart.ts'
import type { Opening } from './checkSalt.ts'
import { checkSalt } from './checkSalt.ts'

/** A well-formed reveal of a worker; at least one of the two parts is there. */
export type CheckedReveal = PartOwner & {
  readonly inference: (Opening & { readonly payload: InputInference }) | undefined
  readonly forecast: (Opening & { readonly payload: InputForecast }) | undefined
}

/** Stateless checks of a worker's reveal. SPEC VT-2 */
export function checkRevealWork({ sender, topicId, nonce, inference, forecast }: RevealWorkRequest): CheckedReveal {
  const owner = { worker: readAddressField('sender', sender), topicId, nonce }
  if (nonce <= 0n) throw invalid('nonce', 'above 0', nonce.toString())
  if (inference === undefined && forecast === undefined) {
    throw invalid('inference', 'set, or forecast, or both', 'neither')
  }
  return { ...owner, inference: checkInference(inference, owner), forecast: checkForecast(forecast, owner) }
}

function checkInference(part: RevealWorkRequest['inference'], owner: PartOwner): CheckedReveal['inference'] {
  if (part === undefined) return undefined
  const { payload, salt } = part
  if (payload === undefined) throw invalid('inference.payload', 'set', 'nothing')
  checkPart('inference.inferer', payload, payload.inferer, owner)
  return { payload, bytes: toBinary(InputInferenceSchema, payload), salt: checkSalt('inference.salt', salt) }
}

function checkForecast(part: RevealWorkRequest['forecast'], owner: PartOwner): CheckedReveal['forecast'] {
  if (part === undefined) return undefined
  const { payload, salt } = part
  if (payload === undefined) throw invalid('forecast.payload', 'set', 'nothing')
  checkPart('forecast.forecaster', payload, payload.forecaster, owner)
  return { payload, bytes: toBinary(InputForecastSchema, payload), salt: checkSalt('forecast.salt', salt) }
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_WORKER_DATA', { field, expected, got })
}
