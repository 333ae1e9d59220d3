/** The newest block an actor knows of, and what must end when a later one comes. */
export type Horizon = {
  /** Undefined before the first block. */
  newest(): bigint | undefined
  see(height: bigint): void
  /** Aborts once the block `height` is seen, or the actor stops. */
  until(height: bigint): AbortSignal
}

/** A horizon that ends everything when `stop` aborts. */
export function createHorizon(stop: AbortSignal): Horizon {
  let newest: bigint | undefined
  const ends: { readonly height: bigint; readonly controller: AbortController }[] = []
  stop.addEventListener('abort', () => {
    for (const { controller } of ends.splice(0)) controller.abort()
  })
  return {
    newest: () => newest,
    see(height) {
      if (newest === undefined || height > newest) newest = height
      const due = ends.filter((end) => end.height <= height)
      for (const end of due) {
        ends.splice(ends.indexOf(end), 1)
        end.controller.abort()
      }
    },
    until(height) {
      const controller = new AbortController()
      if (stop.aborted || (newest !== undefined && height <= newest)) controller.abort()
      else ends.push({ height, controller })
      return controller.signal
    },
  }
}
