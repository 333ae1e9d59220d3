/** A query that is not in the language: where, why, and the corrected form when there is an obvious one. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  /** Offset of the offending character, from 0. */
  readonly position: number
  readonly corrected: string | undefined

  constructor(reason: string, position: number, corrected?: string) {
    const hint = corrected === undefined ? '' : ` Did you mean: ${corrected}`
    super(`The query is wrong at character ${position + 1}: ${reason}${hint}`)
    this.position = position
    this.corrected = corrected
  }
}
