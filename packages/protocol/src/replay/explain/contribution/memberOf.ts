import { sum } from '../../../num/sum.ts'
import { type Attendance, attendanceOf } from '../../../scoring/contribution/attendanceOf.ts'
import { chooseBaseline } from '../../../scoring/contribution/chooseBaseline.ts'
import type { ChosenBaseline, ContributionShare, Entry } from '../../../scoring/contribution/contributionTypes.ts'
import { relativeDifferences } from '../../../scoring/contribution/relativeDifferences.ts'
import { relativeGains } from '../../../scoring/contribution/relativeGains.ts'
import { entryOf } from '../../../scoring/entryOf.ts'
import type { Explained } from '../types.ts'

/** A worker or forecaster as contribution pay sees it after the epoch. SPEC VT-6 */
export type Member = {
  /** Null before the first truth. */
  readonly baseline: ChosenBaseline | null
  readonly entries: readonly Entry[]
  /** By entry, in units of the bound; empty without a bound. */
  readonly differences: readonly number[]
  readonly attendance: Attendance
  readonly mean: number
  readonly standardError: number
  readonly share: ContributionShare
}

const nothing = { skill: 0, weight: 0, share: 0 }

/** Where an address stands in its class; undefined in topics of reference pay. */
export function memberOf({ parts, address }: Explained, many: 'inferers' | 'forecasters'): Member | undefined {
  if (parts.contribution === null) return undefined
  const { state, findings } = parts.contribution
  const baseline = chooseBaseline(state.window)
  const known = entryOf(many === 'inferers' ? state.workers : state.forecasters, address)
  const entries = known?.entries ?? []
  const differences =
    baseline === null || baseline.bound === 0
      ? []
      : many === 'inferers'
        ? relativeDifferences(entries, state.window, baseline)
        : relativeGains(entries, state.window, baseline.bound)
  const n = differences.length
  const mean = n === 0 ? 0 : sum(differences) / n
  const variance = n === 0 ? 0 : sum(differences.map((d) => (d - mean) * (d - mean))) / n
  return {
    baseline,
    entries,
    differences,
    attendance: attendanceOf(entries),
    mean,
    standardError: n === 0 ? 0 : Math.sqrt(variance) / Math.sqrt(n),
    share: findings[many].find(({ worker }) => worker === address) ?? { worker: address, ...nothing },
  }
}
