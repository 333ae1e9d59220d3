import type { NodeAddress } from './nodeAddress.ts'

const TIMEOUT_MS = 5_000

/**
 * Which server of a node answers, but not to pages of this origin: the browser keeps the answer from the page. Undefined
 * where none does so.
 */
export async function whoIsClosed({ url, rpc }: NodeAddress): Promise<'rest' | 'rpc' | undefined> {
  if (await isClosed(`${url}/starling/v1/fees`)) return 'rest'
  return (await isClosed(`${rpc}/status`)) ? 'rpc' : undefined
}

async function isClosed(address: string): Promise<boolean> {
  const ask = (mode: RequestMode): Promise<Response> =>
    fetch(address, { mode, signal: AbortSignal.timeout(TIMEOUT_MS) })
  try {
    await ask('no-cors')
  } catch {
    return false
  }
  try {
    await ask('cors')
    return false
  } catch {
    return true
  }
}
