import { once } from 'node:events'
import { startWorker } from '@starling/services/worker/startWorker'
import { type DaemonGiven, openDaemon } from '../daemon/openDaemon.ts'
import { watchChain } from '../daemon/watchChain.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'
import { type ModelSource, nameOfModel, openModel } from './openModel.ts'
import { createResultBook, formatResult, toResultRow } from './resultBook.ts'

type Options = DaemonGiven & {
  readonly source: ModelSource
  /** Wall-clock limit of one prediction in milliseconds; undefined = the window itself. */
  readonly timeoutMs: number | undefined
}

/**
 * Works on a topic until `stop`: registers, submits the model's predictions, and prints a line for each closed epoch.
 * Throws a `CliError` for what is wrong at the start; later troubles are said and lived through.
 */
export async function runWorker(options: Options): Promise<void> {
  const { io } = options
  const model = await openModel(options.source, (line) => io.stderr.write(`model: ${printable(line)}\n`))
  try {
    const daemon = await openDaemon(options, { name: nameOfModel(options.source), stake: 0n })
    try {
      await work(options, model, daemon)
    } finally {
      await daemon.close()
    }
  } finally {
    await model.close()
  }
}

async function work(
  { io, json, stop, epochs, timeoutMs }: Options,
  { predict, forecast }: Awaited<ReturnType<typeof openModel>>,
  { client, sender, facts, journal, log, support }: Awaited<ReturnType<typeof openDaemon>>,
): Promise<void> {
  const book = createResultBook()
  const enough = new AbortController()
  const watch = watchChain(client, async () => {})
  const end = AbortSignal.any([stop, enough.signal, watch.lost])
  const worker = startWorker({
    client,
    sender,
    topicId: facts.id,
    log,
    journal,
    predict,
    forecast,
    modelTimeoutMs: timeoutMs,
    onResult(result) {
      const row = toResultRow(facts.id, result)
      book.add(row)
      if (json) printJson(io, row)
      else io.stdout.write(`${printable(formatResult(row))}\n`)
      if (book.counted() === epochs) enough.abort()
      if (!end.aborted) void support()
    },
  })
  if (!end.aborted) await once(end, 'abort')
  await worker.stop()
  const summary = book.summary()
  if (summary !== undefined) io.stderr.write(`${summary}\n`)
  watch.check()
}
