import { create } from '@bufbuild/protobuf'
import {
  type UpdateParamsRequest,
  type UpdateParamsResponse,
  UpdateParamsResponseSchema,
} from '@starling/protocol/gen/mint/v5/tx_pb'
import { type Params, ParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { checkParams } from '@starling/protocol/modules/mint/checkParams'
import { mintError } from '@starling/protocol/modules/mint/errors'
import { txError } from '@starling/protocol/tx/errors'
import type { Context, State, StateReader } from '../../app/context.ts'
import { emissionError } from './emissionError.ts'
import type { MintTerms } from './mintTerms.ts'
import { recalculateEmission } from './recalculateEmission.ts'
import { getMintParams, getStartHeight, setMintParams, setMonthsUnlocked, setStartHeight } from './view.ts'

/** What the message needs of the module `params`. */
export type UpdateParamsNeeds = {
  readonly isAdmin: (state: StateReader, address: string) => boolean
  readonly setBlocksPerMonth: (state: State, blocks: bigint) => void
  readonly readTerms: (state: StateReader) => MintTerms
}

/**
 * `UpdateParams`: an admin sets all parameters. SPEC lifecycle 2.9
 *
 * Months are counted from the block that first switches the emission on; a calculation in that same message still
 * counts from the chain's first block, as in the reference.
 */
export function updateParams(
  context: Context,
  message: UpdateParamsRequest,
  { isAdmin, setBlocksPerMonth, readTerms }: UpdateParamsNeeds,
): UpdateParamsResponse {
  const { state, height } = context
  const { sender, blocksPerMonth } = message
  if (!isAdmin(state, sender)) throw mintError('UNAUTHORIZED', { address: sender })
  const params = requireParams(message)
  if (blocksPerMonth === 0n) throw txError('INVALID_REQUEST', { reason: 'blocks_per_month must be above 0, got 0' })

  const startHeight = getStartHeight(state)
  const goesOn = params.emissionEnabled && !getMintParams(state).emissionEnabled
  if (goesOn && startHeight === 0n) {
    setStartHeight(state, height)
    setMonthsUnlocked(state, 0n)
  }
  setMintParams(state, params)
  setBlocksPerMonth(state, blocksPerMonth)
  if (message.recalculateTargetEmission) {
    const fault = recalculateEmission(context, readTerms(state), height - startHeight)
    if (fault !== undefined) throw emissionError(fault)
  }
  return create(UpdateParamsResponseSchema)
}

function requireParams({ params }: UpdateParamsRequest): Params {
  if (params === undefined) throw txError('INVALID_REQUEST', { reason: 'params must be a whole set, got nothing' })
  const checked = checkParams(params)
  if (!('fault' in checked)) return params
  const { name } = ParamsSchema.field[checked.field]
  throw txError('INVALID_REQUEST', { reason: `params.${name} ${checked.fault}` })
}
