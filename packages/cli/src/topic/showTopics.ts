import { listTopics } from '../chain/listTopics.ts'
import { withClient } from '../chain/withClient.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'
import { viewTopicRow } from './viewTopicRow.ts'

const columns: readonly Column[] = [
  { head: 'id', align: 'right' },
  { head: 'name' },
  { head: 'loss' },
  { head: 'active' },
  { head: 'settled', align: 'right' },
  { head: 'workers', align: 'right' },
  { head: 'reputers', align: 'right' },
  { head: 'stake', align: 'right' },
]

/** Prints every topic of the chain. */
export async function showTopics(options: Pick<Globals, 'json' | 'node' | 'rpc'> & { readonly io: Io }): Promise<void> {
  const { io, json } = options
  const rows = (await withClient(options, listTopics)).map(viewTopicRow)
  if (json) return printJson(io, rows)
  if (rows.length === 0) {
    io.stderr.write('This chain has no topic yet. Make one with "starling topic create --template volatility".\n')
    return
  }
  const cells = rows.map((row) => [
    String(row.id),
    printable(row.name),
    row.loss,
    row.active ? 'yes' : 'no',
    String(row.settled),
    String(row.workers),
    String(row.reputers),
    formatAllo(BigInt(row.stake)),
  ])
  io.stdout.write(formatTable(columns, cells))
}
