import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatDocument } from '../output/formatDocument.ts'
import { printJson } from '../output/printJson.ts'

/** Prints the transaction with a hash: where it stands, what became of it, what it emitted. */
export async function showTx(
  options: Pick<Globals, 'json' | 'node' | 'rpc'> & { readonly io: Io; readonly hash: string },
): Promise<void> {
  const { io, json, hash } = options
  const tx = await withClient(options, (client) => client.tx(hash))
  if (tx === undefined) {
    throw new CliError(4, `No block has the transaction ${hash.toUpperCase()}: it waits, was never sent, or is lost.`)
  }
  const { height, gasUsed, events, ...rest } = tx
  const shown = { ...rest, height: Number(height), gasUsed: Number(gasUsed) }
  if (json) return printJson(io, { ...shown, events })
  const status = tx.code === 0 ? 'done' : `refused (${tx.codespace} ${tx.code})`
  const lines = { hash: tx.hash, height: Number(height), status, log: tx.log, gasUsed: Number(gasUsed) }
  io.stdout.write(`${formatDocument(lines)}events:\n`)
  for (const { type, attributes } of events) {
    const pairs = Object.entries(attributes).map(([key, value]) => `${key}=${value}`)
    io.stdout.write(`  ${formatDocument(`${type} ${pairs.join(' ')}`)}`)
  }
}
