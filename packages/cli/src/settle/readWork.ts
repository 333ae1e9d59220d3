import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { ReputerReport, Skipped } from '@starling/protocol/scoring/settle/settleTypes'
import type { Forecast, Inference, TopicPolicy } from '@starling/protocol/scoring/types'
import { describe, readDecimal } from './fields.ts'
import type { RawInput } from './inputSchema.ts'
import { type Fault, formatPath } from './parseDocument.ts'
import { faultOfNumber, readValues } from './readValues.ts'

/** A fault of one prediction or report, and whose it is. */
export type WorkFault = Fault & { readonly who: string }

/** The predictions and reports of an epoch that are numbers in their domain, and what is wrong with the others. */
export type Work = {
  readonly inferences: readonly Inference[]
  readonly forecasts: readonly Forecast[]
  readonly reputers: readonly ReputerReport[]
  readonly faults: readonly WorkFault[]
}

/** Judges every prediction and report by the topic's policy. SPEC VT-3, VT-4 */
export function readWork(policy: TopicPolicy, raw: RawInput): Work {
  const faults: WorkFault[] = []
  const blame = (who: string, found: readonly Fault[]): never[] => {
    faults.push(...found.map((fault) => ({ ...fault, who })))
    return []
  }
  return {
    inferences: raw.inferences.flatMap((entry, i) => {
      const values = readValues(policy, entry, ['inferences', i])
      return isFaulty(values) ? blame(entry.worker, values) : [{ worker: entry.worker, values }]
    }),
    forecasts: raw.forecasts.map(({ forecaster, elements }, i) => ({
      forecaster,
      elements: elements.flatMap(({ inferer, value: given }, j) => {
        const value = readDecimal(given)
        if (typeof value === 'number') return [{ inferer, value }]
        return blame(forecaster, [{ path: `forecasts[${i}].elements[${j}].value`, reason: value.fault }])
      }),
    })),
    reputers: raw.reputers.flatMap(({ address, stake, value: given }, i) => {
      const value = readTruth(policy, given)
      if (typeof value !== 'object') return [{ address, stake, value }]
      return blame(address, [{ path: formatPath(['reputers', i, 'value']), reason: value.fault }])
    }),
    faults,
  }
}

/** The skipped entries of the outcome that say the same as the faults. */
export function skippedOf(faults: readonly WorkFault[]): readonly Skipped[] {
  return faults.map(({ who, path, reason }) => ({ who, field: path, reason: `${path} ${reason}.` }))
}

function isFaulty(values: readonly number[] | readonly Fault[]): values is readonly Fault[] {
  return values.some((value) => typeof value === 'object')
}

/** A truth is a label, 0 or 1, or a number of the domain, as the topic asks. */
function readTruth(policy: TopicPolicy, raw: unknown): number | string | { readonly fault: string } {
  const kind = outputKindOf(policy)
  if (kind === 'labels') {
    if (typeof raw === 'string' && policy.labels.includes(raw)) return raw
    return {
      fault: raw === undefined ? 'is missing' : `must be one of ${policy.labels.join(', ')}, got ${describe(raw)}`,
    }
  }
  const value = readDecimal(raw)
  if (typeof value !== 'number') return value
  if (kind === 'probability' && value !== 0 && value !== 1) return { fault: `must be 0 or 1, got ${value}` }
  const fault = faultOfNumber(policy, value)
  return fault === undefined ? value : { fault }
}
