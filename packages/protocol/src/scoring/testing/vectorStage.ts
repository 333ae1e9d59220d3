import { compareNumbers } from './compareNumbers.ts'
import { readVectors } from './readVectors.ts'

/** A stage of `vectors/scoring` with one check per case: sentences on what differs, none if nothing does. */
export type VectorStage = {
  readonly title: string
  readonly cases: readonly { readonly name: string; readonly differences: () => readonly string[] }[]
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
