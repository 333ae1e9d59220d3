/** CometBFT's RPC server did not answer, or answered with an error. */
export class CometRpcError extends Error {
  override readonly name = 'CometRpcError'
  /** False where CometBFT has answered and refused. */
  readonly unreachable: boolean

  constructor(message: string, unreachable: boolean, options?: ErrorOptions) {
    super(message, options)
    this.unreachable = unreachable
  }
}

/** Calls a method of CometBFT's JSON-RPC. Rejects with a `CometRpcError`. */
export type CometRpc = (method: string, params?: Readonly<Record<string, unknown>>) => Promise<unknown>

const TIMEOUT_MS = 10_000

/** A caller of the RPC server at an address like `http://127.0.0.1:26657`. */
export function createCometRpc(url: string): CometRpc {
  return async (method, params = {}) => {
    const json = await post(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
    if (isRecord(json) && isRecord(json.error)) {
      const { message, data } = json.error
      throw new CometRpcError([message, data].filter((part) => typeof part === 'string').join(': '), false)
    }
    if (isRecord(json) && json.result !== undefined) return json.result
    throw new CometRpcError(`What answers at ${url} is no CometBFT. Give its RPC address with --rpc.`, true)
  }
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function post(url: string, body: string): Promise<unknown> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) })
    return await response.json()
  } catch (error) {
    throw new CometRpcError(`CometBFT does not answer at ${url}. Start it, or give its RPC address with --rpc.`, true, {
      cause: error,
    })
  }
}
