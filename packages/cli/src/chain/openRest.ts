import { createRest, type Rest } from '@starling/sdk/http/createRest'
import { requestTimeoutMs } from '@starling/sdk/http/requestTimeoutMs'

/** A node's REST server, for what the typed client does not ask. */
export function openRest(url: string): Rest {
  return createRest({ fetch: globalThis.fetch, timeoutMs: requestTimeoutMs, url, flag: '--node' })
}
