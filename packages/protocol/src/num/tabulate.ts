/**
 * The numbers f(0) … f(n − 1).
 *
 * PERF: a list that grows has no holes. The ones that `map` and `Array.from` make may have some as far as the engine knows,
 * and then whatever reads them, and every other list it reads at the same place, takes three times as long.
 */
export function tabulate(n: number, f: (index: number) => number): number[] {
  const list: number[] = []
  for (let i = 0; i < n; i += 1) list.push(f(i))
  return list
}
