import { advanceTower } from '../advanceTower.ts'
import { combineTower } from '../combineTower.ts'
import { newTower } from '../newTower.ts'
import type { TowerCombined, TowerConfig, TowerLesson, TowerRow, TowerState } from '../towerTypes.ts'

/** A row of a table: answered in `epoch`; its truth is public from the epoch `available` on. */
export type PlayedRow = TowerRow & { readonly epoch: number; readonly available: number; readonly truth: number }

/**
 * Answers a table epoch by epoch, ascending; before each epoch it learns what became public by then, by epoch of the
 * answer. Returns an answer for each row and the last state.
 */
export function playTower(
  config: TowerConfig,
  rows: readonly PlayedRow[],
  members: readonly string[] = [],
): { readonly answers: readonly (TowerCombined | null)[]; readonly state: TowerState } {
  let state = newTower(config, members)
  const answers: (TowerCombined | null)[] = []
  const waiting: { epoch: number; available: number; lessons: TowerLesson[] }[] = []
  for (let start = 0; start < rows.length; ) {
    const epoch = rows[start]?.epoch ?? 0
    let end = start
    while (end < rows.length && rows[end]?.epoch === epoch) end += 1
    const due = waiting.filter(({ available }) => available <= epoch)
    due.sort((a, b) => a.available - b.available || a.epoch - b.epoch)
    for (const batch of due) {
      state = advanceTower(config, state, batch.lessons)
      waiting.splice(waiting.indexOf(batch), 1)
    }
    const block = rows.slice(start, end)
    const combined = combineTower(config, state, block, { oneOut: false })
    for (const [i, row] of block.entries()) {
      const answer = combined[i] ?? null
      answers.push(answer)
      if (answer === null) continue
      const { available } = row
      const lesson = { ...row, memory: answer.memory }
      const batch = waiting.find((one) => one.epoch === epoch && one.available === available)
      if (batch === undefined) waiting.push({ epoch, available, lessons: [lesson] })
      else batch.lessons.push(lesson)
    }
    start = end
  }
  return { answers, state }
}
