import { createRest, type Rest } from '@starling/sdk/http/createRest'

const TIMEOUT_MS = 30_000

/** A node's REST server, for what the typed client does not ask. */
export function openRest(url: string): Rest {
  return createRest({ fetch: globalThis.fetch, timeoutMs: TIMEOUT_MS, url, flag: '--node' })
}
