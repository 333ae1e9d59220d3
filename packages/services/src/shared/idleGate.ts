/** Lets others wait until an actor has done its part of a block. */
export type IdleGate = {
  /** Resolves once block `height` is handled, or nothing more can be expected. */
  wait(height: bigint): Promise<void>
  /** The highest block that somebody waits for. */
  wanted(): bigint | undefined
  handled(height: bigint): void
  /** Lets everybody go who waits now: the node is away. */
  release(): void
  /** Lets everybody go, now and for ever: the actor stops. */
  open(): void
}

/** A gate that has seen no block. */
export function createIdleGate(): IdleGate {
  let done: bigint | undefined
  let isOpen = false
  let waiting: { readonly height: bigint; readonly go: () => void }[] = []
  const letGo = (height: bigint | undefined): void => {
    const leaving = waiting.filter((one) => height === undefined || one.height <= height)
    waiting = waiting.filter((one) => !leaving.includes(one))
    for (const { go } of leaving) go()
  }
  return {
    wait: (height) =>
      new Promise((resolve) => {
        if (isOpen || (done !== undefined && done >= height)) resolve()
        else waiting.push({ height, go: resolve })
      }),
    wanted: () =>
      waiting.reduce<bigint | undefined>((most, { height }) => ((most ?? 0n) > height ? most : height), undefined),
    handled(height) {
      if (done === undefined || height > done) done = height
      letGo(done)
    },
    release: () => letGo(undefined),
    open() {
      isOpen = true
      letGo(undefined)
    },
  }
}
