import { checkParams, type MintParams } from '../checkParams.ts'
import { defaultMintParams } from '../params.ts'

/** The default parameters as numbers, for tests. */
export function numericMintParams(): MintParams {
  const params = checkParams(defaultMintParams)
  if ('fault' in params) throw new Error(`${params.field} ${params.fault}`)
  return params
}
