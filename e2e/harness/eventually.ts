import { setTimeout as wait } from 'node:timers/promises'

const LOOK_MS = 50
/** Far beyond what anything takes on a busy machine. */
const DEADLINE_MS = 180_000

/** Thrown by a look after which there is nothing to hope for. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless'
}

/**
 * Looks again and again until there is something to see, and returns it; throws with the newest failure of `look` when
 * the deadline has passed.
 */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + DEADLINE_MS
  let newest: unknown
  while (Date.now() < end) {
    try {
      const seen = await look()
      if (seen !== undefined) return seen
    } catch (error) {
      if (error instanceof Hopeless) throw error
      newest = error
    }
    await wait(LOOK_MS)
  }
  throw new Error(`${what} did not come about within ${DEADLINE_MS / 1000} s`, { cause: newest })
}
