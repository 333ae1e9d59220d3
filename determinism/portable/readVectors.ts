import type { VectorCase } from '../../packages/protocol/src/scoring/testing/readVectors.ts'
import { given } from './given.ts'

/** The cases of a stage, out of what the host has read. */
export function readVectors<I>(stage: string): { readonly source: string; readonly cases: readonly VectorCase<I>[] } {
  const text = given().vectors[stage]
  if (text === undefined) throw new Error(`the host gave no vectors of ${stage}`)
  return JSON.parse(text)
}
