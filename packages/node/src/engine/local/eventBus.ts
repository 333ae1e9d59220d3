import type { StoredBlock, StoredTx } from './blockStore.ts'
import { blockEventMap, type EventMap, txEventMap } from './eventMap.ts'
import { matchQuery } from './query/matchQuery.ts'
import { parseQuery } from './query/parseQuery.ts'

/** Something that happened in a committed block. `events` is what queries match and subscribers are shown. */
export type BusEvent =
  | {
      readonly type: 'NewBlock' | 'NewBlockHeader' | 'NewBlockEvents'
      readonly events: EventMap
      readonly block: StoredBlock
    }
  | { readonly type: 'Tx'; readonly events: EventMap; readonly tx: StoredTx }

/** What a subscriber gets: an event, or (as the last thing) why there will be no more. */
export type Delivery =
  | { readonly kind: 'event'; readonly event: BusEvent }
  | { readonly kind: 'cancelled'; readonly reason: string }

/** A subscriber's end: a bounded buffer that it empties at its own pace. */
export interface Subscription {
  readonly query: string
  /** The next delivery; waits when there is none. After a cancellation, first what was buffered, then the reason. */
  next(): Promise<Delivery>
  /** The next delivery if there is one. */
  poll(): Delivery | undefined
  cancel(reason?: string): void
}

/** Hands committed blocks to subscribers, synchronously and without ever waiting for one. */
export interface EventBus {
  /** Throws `QueryError` for a bad query. */
  subscribe(query: string, options?: { readonly bufferSize?: number }): Subscription
  publishBlock(block: StoredBlock, txs: readonly StoredTx[]): void
  subscriberCount(): number
  /** Cancels all subscriptions. */
  close(reason: string): void
}

/** Larger than any block of transactions that a mempool of default size can fill. */
const DEFAULT_BUFFER = 8192

type Subscriber = { readonly subscription: Subscription; readonly offer: (event: BusEvent) => void }

/** A bus without subscribers. */
export function createEventBus(): EventBus {
  const subscribers = new Set<Subscriber>()
  return {
    subscribe(query, options = {}) {
      const subscriber = createSubscriber(query, options.bufferSize ?? DEFAULT_BUFFER, () =>
        subscribers.delete(subscriber),
      )
      subscribers.add(subscriber)
      return subscriber.subscription
    },
    publishBlock(block, txs) {
      if (subscribers.size === 0) return
      const names = ['NewBlock', 'NewBlockHeader', 'NewBlockEvents'] as const
      const all: readonly BusEvent[] = [
        ...names.map((type) => ({ type, events: blockEventMap(block, type), block })),
        ...txs.map((tx) => ({ type: 'Tx' as const, events: txEventMap(tx), tx })),
      ]
      for (const event of all) for (const subscriber of [...subscribers]) subscriber.offer(event)
    },
    subscriberCount: () => subscribers.size,
    close(reason) {
      for (const { subscription } of [...subscribers]) subscription.cancel(reason)
    },
  }
}

function createSubscriber(text: string, bufferSize: number, forget: () => void): Subscriber {
  if (!Number.isSafeInteger(bufferSize) || bufferSize < 1) {
    throw new Error(`The buffer size is ${bufferSize}, but must be a whole number from 1. Give a larger one.`)
  }
  const query = parseQuery(text)
  const buffer: BusEvent[] = []
  let cancelled: string | undefined
  let waiters: ((delivery: Delivery) => void)[] = []

  const cancel = (reason = 'the subscriber asked for it'): void => {
    if (cancelled !== undefined) return
    cancelled = reason
    forget()
    for (const waiter of waiters) waiter({ kind: 'cancelled', reason })
    waiters = []
  }
  const poll = (): Delivery | undefined => {
    const event = buffer.shift()
    if (event !== undefined) return { kind: 'event', event }
    return cancelled === undefined ? undefined : { kind: 'cancelled', reason: cancelled }
  }
  const offer = (event: BusEvent): void => {
    if (!matchQuery(query, event.events)) return
    const waiter = waiters.shift()
    if (waiter !== undefined) waiter({ kind: 'event', event })
    else if (buffer.length < bufferSize) buffer.push(event)
    else cancel(tooSlow(bufferSize, event))
  }
  const next = (): Promise<Delivery> => {
    const delivery = poll()
    return delivery === undefined ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve(delivery)
  }
  const subscription: Subscription = { query: text, next, poll, cancel }
  return { subscription, offer }
}

function tooSlow(bufferSize: number, event: BusEvent): string {
  const height = event.type === 'Tx' ? event.tx.height : event.block.header.height
  return `The client is not pulling messages fast enough: ${bufferSize} events wait already at height ${height}. Subscribe again and fetch what is missing from height ${height} on by search.`
}
