import { parentPort, workerData } from 'node:worker_threads'

// The thread of a truth: loads the user's module and calls the function that it exports.
type Request = { readonly call: number; readonly epoch?: unknown }

const loading: Promise<Readonly<Record<string, unknown>>> = import(String(workerData))
// The fault goes to whoever asks first.
loading.catch(() => {})

parentPort?.on('message', async ({ call, epoch }: Request) => {
  try {
    parentPort?.postMessage({ call, output: await answer(epoch) })
  } catch (error) {
    parentPort?.postMessage({ call, fault: error instanceof Error ? error.message : String(error) })
  }
})

/** Without an epoch: whether there is a truth to ask. */
async function answer(epoch: unknown): Promise<unknown> {
  const { truth } = await loading
  if (epoch === undefined) return typeof truth === 'function'
  if (typeof truth !== 'function') throw new TypeError('the module exports no function truth')
  return truth(epoch)
}
