import type { State } from '../../app/context.ts'
import { getMonthlyRewards, type MonthlyRewards, setMonthlyRewards } from './view.ts'

/** Adds a topic's rewards in uallo to this month's counters: the staked reputers' part, and all. SPEC lifecycle 4.10 */
export function recordRewards(state: State, { reputers, total }: MonthlyRewards): void {
  const month = getMonthlyRewards(state)
  setMonthlyRewards(state, { reputers: month.reputers + reputers, total: month.total + total })
}
