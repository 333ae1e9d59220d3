import { type Endpoint, fetchJson, type JsonReply } from './fetchJson.ts'
import { notANode } from './json.ts'
import { restError } from './restError.ts'
import { withRetries } from './withRetries.ts'

/** A node's REST server. Both methods throw a `StarlingError`. */
export interface Rest {
  readonly url: string
  /**
   * Asks and decodes. The same path asked again while it is in flight gets the same answer, so that many actors on one
   * client ask once; the decoded value is shared, nobody may change it.
   */
  get<T>(path: string, decode: (json: unknown) => T): Promise<T>
  /** Sends once, whatever happens. */
  post(path: string, body: unknown): Promise<unknown>
}

/** The REST side of a client. */
export function createRest(endpoint: Endpoint): Rest {
  const { url } = endpoint
  const inFlight = new Map<string, Promise<unknown>>()
  return {
    url,
    get<T>(path: string, decode: (json: unknown) => T): Promise<T> {
      const running = inFlight.get(path)
      // A path is decoded in one way only, so what is in flight has the type that is asked for.
      if (running !== undefined) return running as Promise<T>
      const asked = withRetries(() => fetchJson(endpoint, path))
        .then((reply) => decode(jsonOf(url, reply)))
        .finally(() => inFlight.delete(path))
      inFlight.set(path, asked)
      return asked
    },
    post: async (path, body) => jsonOf(url, await fetchJson(endpoint, path, body)),
  }
}

function jsonOf(url: string, reply: JsonReply): unknown {
  if (reply.status !== 200) throw restError(url, reply)
  if (!reply.isJson) throw notANode('no JSON')
  return reply.json
}

/** A query string of what is given; empty where nothing is. */
export function queryString(fields: Readonly<Record<string, bigint | number | string | boolean | undefined>>): string {
  const given = new URLSearchParams()
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) given.set(key, String(value))
  return given.size === 0 ? '' : `?${given}`
}
