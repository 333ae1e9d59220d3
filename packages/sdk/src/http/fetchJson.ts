import { StarlingError } from '../starlingError.ts'

/** How one server is asked. */
export type Endpoint = {
  readonly fetch: typeof fetch
  readonly url: string
  readonly timeoutMs: number
  /** The option by which a user names another server. */
  readonly flag: '--node' | '--rpc'
}

/** What came back: the status, and the body if it is JSON. */
export type JsonReply = { readonly status: number; readonly json: unknown; readonly isJson: boolean }

/** One HTTP request with a JSON body either way. Throws `unreachable` and `timeout`; any status is an answer. */
export async function fetchJson(
  { fetch, url, timeoutMs, flag }: Endpoint,
  path: string,
  body?: unknown,
): Promise<JsonReply> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
  try {
    const response = await fetch(`${url}${path}`, {
      ...(body === undefined ? {} : { ...post, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, ...parse(await response.text()) }
  } catch (error) {
    if (isTimeout(error)) {
      const message = `The node at ${url} did not answer within ${timeoutMs / 1000} s. It may be busy or gone: try again, or name another with ${flag}.`
      throw new StarlingError('timeout', message, { cause: error })
    }
    const message = `No node answers at ${url}. Start one with "npm start", or name another with ${flag}.`
    throw new StarlingError('unreachable', message, { cause: error })
  }
}

function parse(text: string): Omit<JsonReply, 'status'> {
  try {
    return { json: JSON.parse(text), isJson: true }
  } catch {
    return { json: undefined, isJson: false }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}
