import { StarlingError } from '../starlingError.ts'
import { backoff, pause } from './pause.ts'

const RETRIES = 2
const FIRST_MS = 100
const MAX_MS = 1000

/** Runs what may be run twice; a failed connection is tried again after a moment, everything else is thrown at once. */
export async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof StarlingError && error.kind === 'unreachable') || attempt === RETRIES) throw error
      await pause(backoff(attempt, FIRST_MS, MAX_MS))
    }
  }
}
