import { checkValues } from '../losses/checkValues.ts'
import { outputKindOf } from '../losses/outputKindOf.ts'
import type { TruthReport } from '../truth/agreeOnTruth.ts'
import type { TopicPolicy } from '../types.ts'
import type { ReputerReport, Skipped } from './settleTypes.ts'
import { uniqueBy } from './uniqueBy.ts'

/** The reported truth as a number (a label: its index), or a sentence on what is wrong with it. */
function readTruth(policy: TopicPolicy, value: number | string): number | string {
  const kind = outputKindOf(policy)
  if (kind === 'labels') {
    const index = typeof value === 'string' ? policy.labels.indexOf(value) : value
    return Object.hasOwn(policy.labels, index) ? index : 'Expected one of the labels of the topic.'
  }
  if (typeof value === 'string') return 'Expected a number.'
  if (kind === 'probability') return value === 0 || value === 1 ? value : 'Expected 0 or 1.'
  if (kind === 'number') return checkValues(policy, [value]) ?? value
  const [lowest, highest] = policy.domain
  return value >= lowest && value <= highest ? value : `The truth is outside ${lowest} to ${highest}.`
}

/** Reports that count toward the truth, in address order: a legal value, stake above 0, one each. SPEC VT-3 */
export function admitReports(
  policy: TopicPolicy,
  reports: readonly ReputerReport[],
): { readonly reports: readonly TruthReport[]; readonly skipped: readonly Skipped[] } {
  const { unique, skipped } = uniqueBy(reports, ({ address }) => address, 'report')
  const read = unique.map(({ address, stake, value }) => ({ who: address, stake, truth: readTruth(policy, value) }))
  return {
    reports: read.flatMap(({ who, stake, truth }) =>
      typeof truth === 'number' && stake > 0n ? [{ reputer: who, value: truth, stake }] : [],
    ),
    skipped: [
      ...skipped,
      ...read.flatMap(({ who, stake, truth }): readonly Skipped[] => {
        if (typeof truth === 'string') return [{ who, field: 'value', reason: truth }]
        return stake > 0n ? [] : [{ who, field: 'stake', reason: 'Without stake a report does not count.' }]
      }),
    ],
  }
}
