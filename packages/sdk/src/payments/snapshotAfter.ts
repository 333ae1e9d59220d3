import type { Snapshot } from '../proof/snapshot.ts'
import { StarlingError } from '../starlingError.ts'
import type { Client } from '../types.ts'

/** The first verified state that holds what the block `height` did: the header after it proves it. */
export async function snapshotAfter(client: Pick<Client, 'snapshot' | 'blocks'>, height: bigint): Promise<Snapshot> {
  const now = await client.snapshot()
  if (now.at.height > height) return now
  for await (const block of client.blocks()) {
    if (block.height <= height) continue
    const next = await client.snapshot()
    if (next.at.height > height) return next
  }
  throw new StarlingError('unavailable', `The client was closed before a block after ${height} was seen.`)
}
