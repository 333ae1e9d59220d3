import { at, integerAt, listAt, notANode, textAt } from '@starling/sdk/http/json'
import { openRest } from '../chain/openRest.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'

/** One found transaction. */
export type FoundTx = {
  readonly hash: string
  readonly height: number
  readonly code: number
  readonly log: string
  /** Kinds of its messages. */
  readonly messages: readonly string[]
}

type Options = Pick<Globals, 'json' | 'node'> & {
  readonly io: Io
  readonly query: string
  readonly page: number
  readonly limit: number
  /** Newest first. */
  readonly newest: boolean
}

const columns: readonly Column[] = [
  { head: 'height', align: 'right' },
  { head: 'status' },
  { head: 'messages' },
  { head: 'hash' },
]

/** Prints the transactions that match a query in CometBFT's language. */
export async function searchTxs({ io, json, node, query, page, limit, newest }: Options): Promise<void> {
  if (query.trim() === '') {
    throw new CliError(2, `The query is empty. Give conditions like "tx.height>5" or "message.sender='allo1…'".`)
  }
  const order = newest ? 'ORDER_BY_DESC' : 'ORDER_BY_ASC'
  const given = new URLSearchParams({ query, page: String(page), limit: String(limit), order_by: order })
  const { total, txs } = await openRest(node).get(`/cosmos/tx/v1beta1/txs?${given}`, readFound)
  if (json) return printJson(io, { total, page, txs })
  if (txs.length > 0) io.stdout.write(formatTable(columns, txs.map(formatRow)))
  const shown = txs.length < total ? `; shown are ${txs.length}, see --page and --limit` : ''
  io.stderr.write(`${total} transaction${total === 1 ? '' : 's'} found${shown}.\n`)
}

function readFound(json: unknown): { readonly total: number; readonly txs: readonly FoundTx[] } {
  const txs = listAt(json, 'tx_responses').map((response) => ({
    hash: textAt(response, 'txhash'),
    height: Number(integerAt(response, ['height'])),
    code: Number(integerAt(response, ['code'], 0n)),
    log: textAt(response, 'raw_log'),
    messages: listAt(response, 'tx', 'body', 'messages').map(kindOf),
  }))
  return { total: Number(integerAt(json, ['total'])), txs }
}

function kindOf(message: unknown): string {
  const type = at(message, '@type')
  if (typeof type !== 'string') throw notANode('a message without a type')
  return type.slice(type.lastIndexOf('.') + 1)
}

function formatRow({ hash, height, code, messages }: FoundTx): readonly string[] {
  return [String(height), code === 0 ? 'done' : `refused ${code}`, printable(messages.join(', ')), hash]
}
