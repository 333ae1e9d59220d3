import { clone } from '@bufbuild/protobuf'
import { reflect } from '@bufbuild/protobuf/reflect'
import { type Params, ParamsSchema } from '../../gen/emissions/v9/params_pb.ts'
import { type OptionalParams, OptionalParamsSchema } from '../../gen/emissions/v10/tx_pb.ts'
import { checkParams } from './checkParams.ts'

/** The parameters with every field replaced that has exactly one element in `changes`, checked as a whole. SPEC lifecycle 2.1 */
export function mergeParams(params: Params, changes: OptionalParams): Params {
  const merged = clone(ParamsSchema, params)
  const target = reflect(ParamsSchema, merged)
  const source = reflect(OptionalParamsSchema, changes)
  for (const field of OptionalParamsSchema.fields) {
    if (field.fieldKind !== 'list') continue
    const list = source.get(field)
    const into = ParamsSchema.fields.find(({ name }) => name === field.name)
    if (into === undefined || list.size !== 1) continue
    target.set(into, list.get(0))
  }
  checkParams(merged)
  return merged
}
