import type { Entry } from './contributionTypes.ts'

/** Settled epochs of somebody's memory: with its work, without, and with a commitment that it did not reveal. */
export type Attendance = { readonly present: number; readonly absent: number; readonly missed: number }

/** Counts somebody's entries by what it did. SPEC VT-2, VT-6 */
export function attendanceOf(entries: readonly Entry[]): Attendance {
  const absent = entries.filter((entry) => entry === 'absent').length
  const missed = entries.filter((entry) => entry === 'missed').length
  return { present: entries.length - absent - missed, absent, missed }
}
