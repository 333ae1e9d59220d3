import { Worker } from 'node:worker_threads'
import { sentenceOf } from '../../shared/failure.ts'
import { createLineSplitter } from '../../shared/lineSplitter.ts'

/** Longest line of a thread's own output that is passed on. */
const LONGEST_LINE = 2_000

/** A thread that answers calls; it is started at the first one and again after it died. */
export type Thread = {
  /** Sends a request; resolves with its output, rejects with its fault, when the thread dies, or when the signal aborts. */
  call(request: object, signal: AbortSignal): Promise<unknown>
  /** Sends something that has no answer, to a thread that runs. */
  post(message: object): void
  /** Starts the thread where it does not run. */
  start(): void
  /** Calls without an answer so far. */
  pending(): number
  close(): Promise<void>
}

/** What a thread is made of. It answers `{call, …request}` with `{call, output}` or `{call, fault}`. */
export type ThreadOptions = {
  readonly file: URL
  readonly data?: unknown
  /** Ends the thread when a call's signal aborts: what it runs may never return. */
  readonly endOnAbort: boolean
  /** Largest heap of the thread in MiB; default 512. */
  readonly heapMib?: number
  /** What the thread prints. */
  readonly onLine: (line: string) => void
  readonly onStart?: () => void
}

type Reply = { readonly call: number; readonly output?: unknown; readonly fault?: string }

/** A thread that does not run yet. */
export function openThread(options: ThreadOptions): Thread {
  const calls = createCalls()
  let running: Worker | undefined
  let isClosed = false

  const lose = (worker: Worker, reason: string): void => {
    if (running !== worker) return
    running = undefined
    calls.failAll(reason)
  }
  const start = (): Worker => {
    if (isClosed) throw new Error('its thread was closed')
    if (running !== undefined) return running
    const worker = spawn(options)
    running = worker
    worker.on('message', calls.settle)
    worker.on('messageerror', (error) => lose(worker, sentenceOf(error)))
    worker.on('error', (error) => lose(worker, sentenceOf(error)))
    worker.on('exit', () => lose(worker, 'its thread ended'))
    options.onStart?.()
    return worker
  }
  const end = async (reason: string): Promise<void> => {
    const worker = running
    if (worker === undefined) return
    lose(worker, reason)
    await worker.terminate()
  }
  return {
    async call(request, signal) {
      if (signal.aborted) throw new Error('nobody waits for it any more')
      const worker = start()
      return calls.add(signal, {
        send: (call) => worker.postMessage({ ...request, call }),
        onAbort: () => void (options.endOnAbort && end('its thread was ended')),
      })
    },
    post: (message) => running?.postMessage(message),
    start: () => void start(),
    pending: calls.count,
    async close() {
      isClosed = true
      await end('its thread was closed')
    },
  }
}

type Calls = {
  /** Numbers a call and sends it; settles with its reply, or rejects when the signal aborts. */
  add(signal: AbortSignal, call: { send(id: number): void; onAbort(): void }): Promise<unknown>
  settle(reply: Reply): void
  failAll(reason: string): void
  count(): number
}

function createCalls(): Calls {
  const open = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>()
  let last = 0
  return {
    add: (signal, { send, onAbort }) =>
      new Promise((resolve, reject) => {
        last += 1
        const id = last
        send(id)
        const leave = (): void => {
          open.delete(id)
          reject(new Error('nobody waits for it any more'))
          onAbort()
        }
        signal.addEventListener('abort', leave, { once: true })
        const heard = (): void => signal.removeEventListener('abort', leave)
        open.set(id, {
          resolve: (output) => [heard(), resolve(output)],
          reject: (error) => [heard(), reject(error)],
        })
      }),
    settle({ call, output, fault }) {
      const waiting = open.get(call)
      open.delete(call)
      if (fault === undefined) waiting?.resolve(output)
      else waiting?.reject(new Error(fault))
    },
    failAll(reason) {
      for (const [id, { reject }] of [...open]) {
        open.delete(id)
        reject(new Error(reason))
      }
    },
    count: () => open.size,
  }
}

function spawn({ file, data, heapMib = 512, onLine }: ThreadOptions): Worker {
  const worker = new Worker(file, {
    workerData: data,
    stdout: true,
    stderr: true,
    // Flags of this process are not meant for the thread.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  })
  const tooLong = (start: string): void => onLine(`${start}…`)
  for (const stream of [worker.stdout, worker.stderr]) {
    const lines = createLineSplitter(LONGEST_LINE, onLine, tooLong)
    stream.on('data', (chunk: Uint8Array) => lines.write(chunk))
  }
  return worker
}
