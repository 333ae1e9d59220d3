import type { Model } from './types.ts'

const MOST_BYTES = 2 ** 20

/**
 * A model behind HTTP: the input goes as JSON to `POST {url}/predict`, forecasts to `POST {url}/forecast`; the answer is
 * the output as JSON with status 200, at most 1 MiB.
 */
export function httpModel(url: string): Model {
  const base = readUrl(url)
  return {
    predict: (input, signal) => post(`${base}/predict`, input, signal),
    forecast: (input, signal) => post(`${base}/forecast`, input, signal),
    close: async () => {},
  }
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url !== undefined && url.username === '' && url.search === '' && url.hash === ''
  if (!isPlain || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error('The URL of a model must be like http://127.0.0.1:8000, without a password, query or fragment.')
  }
  return url.href.replace(/\/(?:predict\/?)?$/, '')
}

async function post(url: string, input: object, signal: AbortSignal): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  let response: Response
  try {
    response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input), signal, redirect: 'error' })
  } catch (error) {
    throw new Error(`${url} does not answer${codeOf(error)}`, { cause: error })
  }
  const text = await readBody(response, url)
  if (response.status !== 200) throw new Error(`${url} answers with status ${response.status}: ${text.slice(0, 200)}`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${url} answers with "${text.slice(0, 100)}", which is no JSON`, { cause: error })
  }
}

async function readBody(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MOST_BYTES) throw new Error(`${url} answers with more than 1 MiB`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
}
