import type { Entry } from './contributionTypes.ts'

/** Settled epochs of somebody's memory: with its work, without, and with a commitment that it did not reveal. */
export type Attendance = { readonly present: number; readonly absent: number; readonly missed: number }

/** Counts somebody's entries by what it did. SPEC VT-2, VT-6 */
export function attendanceOf(entries: readonly Entry[]): Attendance {
  let absent = 0
  let missed = 0
  // PERF: iterated, a list of numbers and words makes an object for each of them.
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i]
    if (entry === 'absent') absent += 1
    else if (entry === 'missed') missed += 1
  }
  return { present: entries.length - absent - missed, absent, missed }
}
