import type { Params as EmissionsParams } from '@starling/protocol/gen/emissions/v9/params_pb'
import type { Params as MintParams } from '@starling/protocol/gen/mint/v5/types_pb'
import type { FeesParams } from '@starling/protocol/gen/starling/v1/fees_pb'
import { checkParams as checkMintParams } from '@starling/protocol/modules/mint/checkParams'
import { checkParams } from '@starling/protocol/modules/params/checkParams'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import { getFeesParams } from '../modules/fees/view.ts'
import { getMintParams } from '../modules/mint/view.ts'
import { getParams } from '../modules/params/view.ts'
import type { MultiStore } from '../store/multiStore.ts'
import { StoreError } from '../store/storeError.ts'

/**
 * Refuses a state whose parameters are not those of this release: where one were missing, the chain would halt in the
 * first block that needs it. Throws a `StoreError` (WRONG_VERSION).
 */
export function checkStoredParams(stores: MultiStore, path: string): void {
  const checks: readonly (readonly [what: string, fault: () => string | undefined])[] = [
    ['params', () => emissionsFault(getParams(stores))],
    ['fees', () => feesFault(getFeesParams(stores))],
    ['mint', () => mintFault(getMintParams(stores))],
  ]
  for (const [what, faultOf] of checks) {
    const fault = orUnreadable(faultOf)
    if (fault === undefined) continue
    const sentence = `state directory ${path} has other parameters than this release (${what}): ${fault}`
    throw new StoreError(
      'WRONG_VERSION',
      `${sentence}: use the release that wrote it, or sync again into a new directory`,
    )
  }
}

/** What is at fault, also where the record cannot be read; a state that is damaged says so itself. */
function orUnreadable(faultOf: () => string | undefined): string | undefined {
  try {
    return faultOf()
  } catch (error) {
    if (error instanceof StoreError) throw error
    return error instanceof Error ? error.message : String(error)
  }
}

const isNewer = ({ $unknown = [] }: EmissionsParams | FeesParams | MintParams): boolean => $unknown.length > 0
const NEWER = 'some of them are unknown here'

function emissionsFault(params: EmissionsParams): string | undefined {
  checkParams(params)
  return isNewer(params) ? NEWER : undefined
}

function feesFault(params: FeesParams): string | undefined {
  const { minGasPrice, maxTxBytes, maxGasPerTx, maxMemoBytes, maxSignatures } = params
  if (typeof parseAmount(minGasPrice) !== 'bigint') return 'min_gas_price is no amount'
  const isLacking = [maxTxBytes, maxGasPerTx, maxMemoBytes, maxSignatures].some((limit) => limit < 1n)
  if (isLacking) return 'a limit of transactions is missing'
  return isNewer(params) ? NEWER : undefined
}

function mintFault(params: MintParams): string | undefined {
  const checked = checkMintParams(params)
  if ('fault' in checked) return `${checked.field} ${checked.fault}`
  return isNewer(params) ? NEWER : undefined
}
