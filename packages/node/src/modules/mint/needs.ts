import { create } from '@bufbuild/protobuf'
import { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { checkParams } from '@starling/protocol/modules/params/checkParams'
import type { State, StateReader } from '../../app/context.ts'
import { getParams, isAdmin, setParams } from '../params/view.ts'
import type { MintTerms } from './mintTerms.ts'
import type { UpdateParamsNeeds } from './updateParams.ts'

/** The two parameters of the emission that the module `params` keeps. */
export function readTerms(state: StateReader): MintTerms {
  const { validatorsVsAlloraPercentReward, blocksPerMonth } = getParams(state)
  return { validatorsShare: validatorsVsAlloraPercentReward, blocksPerMonth }
}

/** What the messages of this module need of the module `params`. */
export const mintNeeds: UpdateParamsNeeds = { isAdmin, setBlocksPerMonth, readTerms }

function setBlocksPerMonth(state: State, blocksPerMonth: bigint): void {
  const params = create(ParamsSchema, { ...getParams(state), blocksPerMonth })
  checkParams(params)
  setParams(state, params)
}
