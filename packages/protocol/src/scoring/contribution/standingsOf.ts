import { compareAddress } from '../../num/compareAddress.ts'
import { entriesOf } from '../entriesOf.ts'
import type { Address } from '../types.ts'
import { type Attendance, attendanceOf } from './attendanceOf.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ContributionShare, ContributionState, ContributorState } from './contributionTypes.ts'
import { forecasterShares } from './forecasterShares.ts'
import { forecasterSkills } from './forecasterSkills.ts'
import { workerShares } from './workerShares.ts'
import { workerSkills } from './workerSkills.ts'

/**
 * Where somebody stands in one role after the newest settled epoch: skill in units of loss, and the weight and share that
 * this epoch was paid by, 0 for who was not in it.
 */
export type Standing = ContributionShare & Attendance & { readonly role: 'inferer' | 'forecaster' }

/** Everybody who is remembered, by address, an inferer before the forecaster of the same address. SPEC VT-6 */
export function standingsOf(state: ContributionState): readonly Standing[] {
  const baseline = chooseBaseline(state.window)
  const bound = baseline?.bound ?? 0
  const inferers = standIn('inferer', state.workers, {
    bound,
    skills: workerSkills(state, baseline, addressesOf(state.workers)),
    shares: workerShares(state, presentOf(state.workers), baseline),
  })
  const forecasters = standIn('forecaster', state.forecasters, {
    bound,
    skills: forecasterSkills(state, bound, addressesOf(state.forecasters)),
    shares: forecasterShares(state, presentOf(state.forecasters), bound),
  })
  return [...inferers, ...forecasters].sort((a, b) => compareAddress(a.worker, b.worker))
}

type Contributors = Readonly<Record<Address, ContributorState>>

function standIn(
  role: Standing['role'],
  contributors: Contributors,
  found: {
    readonly bound: number
    readonly skills: ReturnType<typeof workerSkills>
    readonly shares: readonly ContributionShare[]
  },
): readonly Standing[] {
  const shareOf = new Map(found.shares.map((one) => [one.worker, one]))
  return entriesOf(contributors).map(([worker, { entries }], i) => {
    const skill = (found.skills[i]?.skill ?? 0) * found.bound
    return { role, ...(shareOf.get(worker) ?? { worker, skill, weight: 0, share: 0 }), ...attendanceOf(entries) }
  })
}

function addressesOf(contributors: Contributors): readonly Address[] {
  return entriesOf(contributors).map(([worker]) => worker)
}

/** Who took part in the newest settled epoch. */
function presentOf(contributors: Contributors): readonly Address[] {
  return entriesOf(contributors).flatMap(([worker, { entries }]) =>
    typeof entries.at(-1) === 'number' ? [worker] : [],
  )
}
