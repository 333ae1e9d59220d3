import { compareNumbers } from './compareNumbers.ts'
import { given } from './given.ts'

type Case<I> = { readonly name: string; readonly input: I; readonly expected: unknown }

/** The cases of a stage, out of what the host has read. */
export function readVectors<I>(stage: string): { readonly source: string; readonly cases: readonly Case<I>[] } {
  const text = given().vectors[stage]
  if (text === undefined) throw new Error(`the host gave no vectors of ${stage}`)
  return JSON.parse(text)
}

/** As the stage of the tests. */
export function vectorStage<I>(stage: string, compute: (input: I) => unknown, absolute?: number) {
  const { source, cases } = readVectors<I>(stage)
  return {
    title: `${source} ${stage}`,
    cases: cases.map(({ name, input, expected }) => ({
      name,
      differences: () => compareNumbers(compute(input), expected, absolute),
    })),
  }
}
