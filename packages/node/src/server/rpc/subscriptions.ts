import type { EventBus, Subscription } from '../../engine/local/eventBus.ts'
import { QueryError as GrammarError } from '../../engine/local/query/queryError.ts'
import type { Limits } from '../limits.ts'
import { failure } from './dispatch.ts'
import { eventMembers } from './eventJson.ts'
import { invalid, readText } from './params.ts'
import { RpcError } from './rpcError.ts'
import type { RpcId, RpcMethod, RpcParams } from './rpcMethod.ts'

/** The writing end of a client's socket. */
export type Outlet = {
  /** Bytes that the client has not taken yet. */
  readonly pending: () => number
  /** Writes one frame; `taken` is called when it has left, or cannot any more. */
  readonly send: (frame: string, taken: () => void) => void
}

/** The subscriptions of one client. */
export type Subscriptions = {
  /** `subscribe`, `unsubscribe` and `unsubscribe_all`. */
  readonly methods: Readonly<Record<string, RpcMethod>>
  readonly count: () => number
  /** Ends all of them without a word. */
  readonly end: () => void
}

/**
 * Feeds one client's subscriptions at its own pace: while too much is unsent, events wait in the bounded buffer of the
 * bus; when that is full, the client gets an error with the reason in place of what it missed (FL-31).
 */
export function createSubscriptions(
  outlet: Outlet,
  events: Pick<EventBus, 'subscribe'>,
  limits: Limits,
): Subscriptions {
  const active = new Map<string, Subscription>()
  const end = (query: string): void => {
    const subscription = active.get(query)
    active.delete(query)
    subscription?.cancel()
  }
  const subscribe: RpcMethod['run'] = (params, id) => {
    const query = readQuery(params, limits)
    refuseTooMany(active, query, limits)
    const subscription = open(events, query, limits)
    active.set(query, subscription)
    void feed({ active, outlet, limits }, id, query, subscription)
    return {}
  }
  const unsubscribe: RpcMethod['run'] = (params) => {
    const query = readQuery(params, limits)
    if (!active.has(query)) throw new RpcError(-32603, `subscription not found: ${query}`)
    end(query)
    return {}
  }
  const endAll = (): void => {
    for (const query of [...active.keys()]) end(query)
  }
  const unsubscribeAll: RpcMethod['run'] = () => {
    if (active.size === 0) throw new RpcError(-32603, 'subscription not found: there is none')
    endAll()
    return {}
  }
  return {
    methods: {
      subscribe: { params: ['query'], run: subscribe },
      unsubscribe: { params: ['query'], run: unsubscribe },
      unsubscribe_all: { params: [], run: unsubscribeAll },
    },
    count: () => active.size,
    end: endAll,
  }
}

type Client = { readonly active: Map<string, Subscription>; readonly outlet: Outlet; readonly limits: Limits }

/** Writes a subscription's frames until it ends; after an unsubscribe, without a word. */
async function feed(client: Client, id: RpcId, query: string, subscription: Subscription): Promise<void> {
  const head = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{"query":${JSON.stringify(query)},`
  for (;;) {
    const delivery = await subscription.next()
    if (client.active.get(query) !== subscription) return
    if (delivery.kind === 'cancelled') {
      client.active.delete(query)
      const error = new RpcError(-32000, `subscription was cancelled (reason: ${delivery.reason}); query: ${query}`)
      await write(client, JSON.stringify(failure(id, error)))
      return
    }
    await write(client, `${head}${eventMembers(delivery.event)}}}`)
  }
}

/** Writes a frame; waits until it has left where the client is behind. */
function write({ outlet, limits }: Client, frame: string): Promise<void> | undefined {
  if (outlet.pending() >= limits.socketBytes) return new Promise((resolve) => outlet.send(frame, resolve))
  outlet.send(frame, () => {})
  return undefined
}

function readQuery(params: RpcParams, { queryLength }: Limits): string {
  const query = readText(params, 'query') ?? ''
  if (query === '') throw invalid(`query is missing; give one, for example tm.event='NewBlock'`)
  if (query.length <= queryLength) return query
  throw invalid(`query has ${query.length} characters, at most ${queryLength} are allowed`)
}

function refuseTooMany(active: ReadonlyMap<string, Subscription>, query: string, { subscriptions }: Limits): void {
  if (active.has(query)) throw new RpcError(-32603, `already subscribed to ${query}`)
  if (active.size < subscriptions) return
  const most = `max_subscriptions_per_client ${subscriptions} reached; unsubscribe from one, or use another connection`
  throw new RpcError(-32603, most)
}

function open(events: Pick<EventBus, 'subscribe'>, query: string, { eventBuffer }: Limits): Subscription {
  try {
    return events.subscribe(query, { bufferSize: eventBuffer })
  } catch (error) {
    throw error instanceof GrammarError ? invalid(error.message) : error
  }
}
