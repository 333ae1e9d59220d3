import type { Application } from '../../../app/application.ts'
import { sha256 } from '../../local/bytes.ts'
import type { DecidedBlock } from '../abciHandler.ts'

/** A block of these transactions as CometBFT would decide it, run by the application but not committed. */
export function decide(application: Application, height: bigint, ...txs: readonly string[]): DecidedBlock {
  const input = { height, timeMs: height * 1000n, txs: txs.map((tx) => new Uint8Array(Buffer.from(tx))) }
  return { ...input, hash: sha256(Buffer.from(`block ${height}`)), results: application.finalizeBlock(input) }
}
