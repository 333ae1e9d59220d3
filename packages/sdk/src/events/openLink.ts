import { resultOf } from '../http/createRpc.ts'
import { at } from '../http/json.ts'
import { StarlingError } from '../starlingError.ts'
import { openSocket } from './openSocket.ts'

/** JSON-RPC over one WebSocket. */
export interface Link {
  /** Resolves once the server has acknowledged; then `received` gets the `result` of every event. */
  subscribe(query: string, received: (result: unknown) => void): Promise<void>
  /** Resolves with the reason when the link is over. */
  readonly over: Promise<string>
  close(): void
}

/** How patient a link is, in milliseconds. */
export type LinkPace = {
  /** A link is asked for `health` when it was quiet for so long: quiet is not dead. */
  readonly healthMs: number
  /** A link that does not answer for so long is dead. */
  readonly answerMs: number
}

type Pending = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }

/** Opens a link; throws `unreachable` where nobody answers. It ends with the signal, also while it opens. */
export async function openLink(url: string, pace: LinkPace, signal: AbortSignal): Promise<Link> {
  const { promise: over, resolve: finish } = settled<string>()
  const { promise: isOpen, resolve: opened } = settled<undefined>()
  const calls = createCalls((reason) => close(reason))
  const socket = await openSocket(url, {
    opened: () => opened(undefined),
    received: calls.received,
    closed: () => close('the connection was closed'),
  })
  let health: ReturnType<typeof setInterval> | undefined
  const opening = setTimeout(() => close('nobody answers'), pace.answerMs)
  const abort = (): void => close('it was closed here')
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()

  function close(reason: string): void {
    clearInterval(health)
    clearTimeout(opening)
    signal.removeEventListener('abort', abort)
    calls.fail(reason)
    finish(reason)
    socket.close()
  }
  async function ask(method: string, params: object, received?: (result: unknown) => void): Promise<void> {
    const { text, answered } = calls.make(method, params, received)
    const patience = setTimeout(() => close(`"${method}" was not answered`), pace.answerMs)
    socket.send(text)
    await answered.finally(() => clearTimeout(patience))
  }

  const lost = await Promise.race([isOpen, over])
  clearTimeout(opening)
  if (lost !== undefined) throw new StarlingError('unreachable', `No WebSocket at ${url}: ${lost}.`)
  health = setInterval(() => {
    if (calls.wasQuiet()) ask('health', {}).catch(() => {})
  }, pace.healthMs)
  return {
    over,
    close: () => close('it was closed here'),
    subscribe: (query, received) => ask('subscribe', { query }, received),
  }
}

function settled<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

type Calls = {
  readonly make: (
    method: string,
    params: object,
    received?: (result: unknown) => void,
  ) => { readonly text: string; readonly answered: Promise<unknown> }
  readonly received: (text: string) => void
  /** True where nothing came since it was asked the last time. */
  readonly wasQuiet: () => boolean
  readonly fail: (reason: string) => void
}

/** Matches replies and events to what was asked. An error in place of an event ends the link: events may be missing. */
function createCalls(broken: (reason: string) => void): Calls {
  const pending = new Map<unknown, Pending & { readonly method: string }>()
  const subscriptions = new Map<unknown, (result: unknown) => void>()
  let lastId = 0
  let frames = 0
  let failed: StarlingError | undefined

  const answer = (reply: unknown): void => {
    const id = at(reply, 'id')
    const call = pending.get(id)
    const subscription = subscriptions.get(id)
    const result = (): unknown => resultOf(call?.method ?? 'subscribe', reply)
    if (call !== undefined) {
      pending.delete(id)
      // Any answer proves life; whether the method is offered is the caller's matter.
      try {
        call.resolve(result())
      } catch (error) {
        call.reject(error instanceof Error ? error : new Error(String(error)))
      }
    } else subscription?.(result())
  }
  return {
    make(method, params, received) {
      lastId += 1
      const id = lastId
      if (failed !== undefined) throw failed
      if (received !== undefined) subscriptions.set(id, received)
      const answered = new Promise((resolve, reject) => pending.set(id, { method, resolve, reject }))
      return { text: JSON.stringify({ jsonrpc: '2.0', id, method, params }), answered }
    },
    received(text) {
      frames += 1
      try {
        answer(JSON.parse(text))
      } catch (error) {
        broken(error instanceof Error ? error.message : String(error))
      }
    },
    wasQuiet() {
      const quiet = frames === 0
      frames = 0
      return quiet
    },
    fail(reason) {
      const calls = [...pending.values()]
      pending.clear()
      subscriptions.clear()
      failed ??= new StarlingError('unreachable', `The WebSocket is gone: ${reason}.`)
      for (const { reject } of calls) reject(failed)
    },
  }
}
