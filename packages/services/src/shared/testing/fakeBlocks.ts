import type { BlockNotice } from '@starling/sdk/types'

/** Subscriptions to the blocks of a fake chain. */
export type FakeBlocks = {
  readonly subscribe: () => AsyncIterable<BlockNotice>
  publish(notice: BlockNotice): void
  /** Breaks all subscriptions off with an error. */
  cut(error: Error): void
  subscribers(): number
}

type Waiter = {
  readonly resolve: (result: IteratorResult<BlockNotice>) => void
  readonly reject: (error: Error) => void
}
type Subscription = { readonly queue: BlockNotice[]; waiter: Waiter | undefined; error: Error | undefined }

/** Nobody subscribes yet. */
export function createFakeBlocks(): FakeBlocks {
  const subscriptions = new Set<Subscription>()
  const iterate = (): AsyncIterator<BlockNotice> => {
    const own: Subscription = { queue: [], waiter: undefined, error: undefined }
    subscriptions.add(own)
    return {
      next: () =>
        new Promise((resolve, reject) => {
          const notice = own.queue.shift()
          if (notice !== undefined) resolve({ done: false, value: notice })
          else if (own.error !== undefined) reject(own.error)
          else own.waiter = { resolve, reject }
        }),
      async return() {
        subscriptions.delete(own)
        return { done: true, value: undefined }
      },
    }
  }
  return {
    subscribe: () => ({ [Symbol.asyncIterator]: iterate }),
    publish(notice) {
      for (const own of subscriptions) {
        const { waiter } = own
        own.waiter = undefined
        if (waiter === undefined) own.queue.push(notice)
        else waiter.resolve({ done: false, value: notice })
      }
    },
    cut(error) {
      for (const own of subscriptions) {
        own.error = error
        own.waiter?.reject(error)
      }
      subscriptions.clear()
    },
    subscribers: () => subscriptions.size,
  }
}
