import { readFileSync } from 'node:fs'

/** One case of a stage: what goes in, and what must come out. */
export type VectorCase<I> = { readonly name: string; readonly input: I; readonly expected: unknown }

/** The cases of `vectors/scoring/<stage>.json`, and the rules they were computed from. */
export function readVectors<I>(stage: string): { readonly source: string; readonly cases: readonly VectorCase<I>[] } {
  const file = new URL(`../../../../../vectors/scoring/${stage}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}
