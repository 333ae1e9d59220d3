import type { AbciEvent } from './application.ts'
import type { Context } from './context.ts'

/** Runs a step on its own layer of the state: its writes and events are kept together, or, when it throws, not at all. */
export function inFork<T>(context: Context, step: (context: Context) => T): T {
  const fork = context.state.fork()
  const emitted: AbciEvent[] = []
  try {
    const result = step({ ...context, state: fork, emit: (event) => emitted.push(event) })
    fork.apply()
    for (const event of emitted) context.emit(event)
    return result
  } catch (error) {
    fork.discard()
    throw error
  }
}
