import { create } from '@bufbuild/protobuf'
import {
  type RecalculateTargetEmissionRequest,
  type RecalculateTargetEmissionResponse,
  RecalculateTargetEmissionResponseSchema,
} from '@starling/protocol/gen/mint/v5/tx_pb'
import { mintError } from '@starling/protocol/modules/mint/errors'
import type { Context, StateReader } from '../../app/context.ts'
import { emissionError } from './emissionError.ts'
import type { MintTerms } from './mintTerms.ts'
import { recalculateEmission } from './recalculateEmission.ts'
import { getStartHeight } from './view.ts'

/** What the message needs of the module `params`. */
export type RecalculateNeeds = {
  readonly isAdmin: (state: StateReader, address: string) => boolean
  readonly readTerms: (state: StateReader) => MintTerms
}

/** `RecalculateTargetEmission`: an admin has the emission calculated before the month is over. SPEC lifecycle 2.9 */
export function recalculateTargetEmission(
  context: Context,
  { sender }: RecalculateTargetEmissionRequest,
  { isAdmin, readTerms }: RecalculateNeeds,
): RecalculateTargetEmissionResponse {
  const { state, height } = context
  if (!isAdmin(state, sender)) throw mintError('UNAUTHORIZED', { address: sender })
  const fault = recalculateEmission(context, readTerms(state), height - getStartHeight(state))
  if (fault !== undefined) throw emissionError(fault)
  return create(RecalculateTargetEmissionResponseSchema)
}
