import { tabulate } from '../../../num/tabulate.ts'
import type { Cell } from '../cells/cell.ts'
import { type Anchor, clipCell, WIDTH } from './guard.ts'

/**
 * The cell as a tower with a record believes it: every awake member is held to anchor ± bound, and who stands further away
 * than 15 bounds sleeps, for what he says is nobody's error. Half of the trust stands within one spread of the anchor, so
 * somebody always stays awake.
 */
export function believedCell<C extends Cell>(cell: C, at: Anchor): C {
  const low = at.anchor - WIDTH * at.bound
  const high = at.anchor + WIDTH * at.bound
  const { x, awake } = cell
  const isAbsurd = (j: number): boolean => awake[j] === true && !((x[j] ?? 0) >= low && (x[j] ?? 0) <= high)
  let absurd = 0
  for (let j = 0; j < x.length; j += 1) if (isAbsurd(j)) absurd += 1
  if (absurd === 0) return clipCell(cell, at)
  const believed: boolean[] = []
  for (let j = 0; j < x.length; j += 1) believed.push(awake[j] === true && !isAbsurd(j))
  const heard = tabulate(x.length, (j) => (believed[j] ? (x[j] ?? 0) : 0))
  return clipCell({ ...cell, x: heard, awake: believed, count: cell.count - absurd }, at)
}
