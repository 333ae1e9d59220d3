/** Asks a server of this machine; undefined where it does not answer with JSON within two seconds. */
export async function askJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return await response.json()
  } catch {
    return undefined
  }
}

const TIMEOUT_MS = 2_000
