import { StarlingError } from '../starlingError.ts'

/** The StarlingError that a promise is rejected with; throws where it is none. */
export async function failureOf(promise: Promise<unknown>): Promise<StarlingError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof StarlingError) return error
    throw error
  }
  throw new Error('it did not fail')
}
