import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'

// The thread of a module model: loads the user's module and calls what it exports.
type Request = { readonly call: number; readonly what: 'exports' | 'predict' | 'forecast'; readonly input?: unknown }

const url = String(workerData)
const loading: Promise<Readonly<Record<string, unknown>>> = import(url)
// The fault goes to whoever asks first.
loading.catch(() => {})

parentPort?.on('message', async (request: Request) => {
  const { call } = request
  try {
    parentPort?.postMessage({ call, output: await answer(request) })
  } catch (error) {
    parentPort?.postMessage({ call, fault: faultOf(error) })
  }
})

async function answer({ what, input }: Request): Promise<unknown> {
  const { predict, forecast } = await loading
  if (what === 'exports') return { predict: typeof predict === 'function', forecast: typeof forecast === 'function' }
  const called = what === 'predict' ? predict : forecast
  if (typeof called !== 'function') throw new TypeError(`the module exports no function ${what}`)
  return called(input)
}

/** What an error says, and where in the user's file. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 300)
  const name = basename(fileURLToPath(url))
  const at = error.stack
    ?.split(name)
    .slice(1)
    .map((rest) => /^(?:\?[^:\s]*)?:(\d+)/.exec(rest)?.[1])
  const line = at?.find((found) => found !== undefined)
  return `${error.message}${line === undefined ? '' : ` (${name}, line ${line})`}`
}
