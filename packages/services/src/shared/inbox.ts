import type { BlockNotice, ChainEvent } from '@starling/sdk/types'

/** What happened on the chain since an actor last looked. */
export type News = {
  readonly events: readonly ChainEvent[]
  /** Blocks may be missing: what is open has to be asked for. */
  readonly resync: boolean
}

/** Blocks that wait for an actor, taken all together: a slow actor falls behind by one batch at most. */
export type Inbox = {
  add(notice: BlockNotice): void
  resync(): void
  /** Puts news back that could not be handled, before what came since. */
  putBack(news: News): void
  /** Resolves when there is something, or the signal aborts. */
  ready(stop: AbortSignal): Promise<void>
  take(): News
}

/** An inbox that starts with a resync. */
export function createInbox(): Inbox {
  let events: ChainEvent[] = []
  let isResync = true
  let isEmpty = false
  let wake: () => void = () => {}
  const filled = (): void => {
    isEmpty = false
    wake()
  }
  return {
    add(notice) {
      for (const event of notice.events) events.push(event)
      filled()
    },
    resync() {
      isResync = true
      filled()
    },
    putBack(news) {
      events = [...news.events, ...events]
      isResync ||= news.resync
      filled()
    },
    ready: (stop) =>
      new Promise((resolve) => {
        if (!isEmpty || stop.aborted) return resolve()
        wake = () => {
          stop.removeEventListener('abort', wake)
          resolve()
        }
        stop.addEventListener('abort', wake)
      }),
    take() {
      const news = { events, resync: isResync }
      events = []
      isResync = false
      isEmpty = true
      return news
    },
  }
}
