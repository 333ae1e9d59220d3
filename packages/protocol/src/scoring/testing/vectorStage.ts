import { readFileSync } from 'node:fs'
import { compareNumbers } from './compareNumbers.ts'

type Case<I> = { readonly name: string; readonly input: I; readonly expected: unknown }

/** A stage of `vectors/scoring` with one check per case: sentences on what differs, none if nothing does. */
export type VectorStage = {
  readonly title: string
  readonly cases: readonly { readonly name: string; readonly differences: () => readonly string[] }[]
}

/** The cases of `vectors/scoring/<stage>.json`, and the rules they were computed from. */
export function readVectors<I>(stage: string): { readonly source: string; readonly cases: readonly Case<I>[] } {
  const file = new URL(`../../../../../vectors/scoring/${stage}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** What `compute` makes of each input against what is expected; `absolute` as in `compareNumbers`. */
export function vectorStage<I>(stage: string, compute: (input: I) => unknown, absolute?: number): VectorStage {
  const { source, cases } = readVectors<I>(stage)
  return {
    title: `${source} ${stage}`,
    cases: cases.map(({ name, input, expected }) => ({
      name,
      differences: () => compareNumbers(compute(input), expected, absolute),
    })),
  }
}
