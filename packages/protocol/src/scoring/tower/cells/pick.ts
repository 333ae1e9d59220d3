import { tabulate } from '../../../num/tabulate.ts'

/** A list of members' numbers over another list of members: `from` names the old index of each, or −1, for which `unknown` stands. */
export function pick(values: readonly number[], from: readonly number[], unknown = 0): readonly number[] {
  return tabulate(from.length, (j) => values[from[j] ?? -1] ?? unknown)
}
