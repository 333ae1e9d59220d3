import { fromBase64 } from '@starling/protocol/bytes/base64'
import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { Header } from '@starling/protocol/proof/cometTypes'
import { dataHash } from '@starling/protocol/proof/dataHash'
import { ProofError } from '@starling/protocol/proof/proofError'
import { resultsHash } from '@starling/protocol/proof/resultsHash'
import type { Rpc } from '../http/createRpc.ts'
import { at, integerAt, listAt, notANode } from '../http/json.ts'
import { refuted } from '../proof/refuted.ts'
import { readEvents } from '../tx/readTx.ts'
import { txHash } from '../tx/txHash.ts'
import type { ChainEvent } from '../types.ts'

/** What a transaction of a block did. Headers commit to code, data and gas; log and events are what the node says. */
export type TxOutcome = {
  readonly code: number
  readonly data: Uint8Array
  readonly gasWanted: bigint
  readonly gasUsed: bigint
  readonly codespace: string
  readonly log: string
  readonly events: readonly ChainEvent[]
}

/** A transaction in its block. */
export type BlockTx = { readonly hash: string; readonly bytes: Uint8Array; readonly outcome: TxOutcome }

/** What stands in a block, and what it did. */
export type BlockContent = {
  /** Proven by the header's `data_hash`, in their order. */
  readonly txs: readonly BlockTx[]
  /** True where the outcomes were proven by the next header's `last_results_hash`. */
  readonly areOutcomesProven: boolean
  /** What the block's hooks emitted: no header commits to events. */
  readonly events: readonly ChainEvent[]
}

/**
 * Reads the transactions of a block whose header is verified, and what they did, checked against that header and the
 * next one where there is one. Throws `refuted` where they are others.
 */
export async function readBlock(rpc: Rpc, header: Header, next: Header | undefined): Promise<BlockContent> {
  const height = String(header.height)
  const [block, results] = await Promise.all([rpc.call('block', { height }), rpc.call('block_results', { height })])
  const bytes = listAt(block, 'block', 'data', 'txs').map(bytesOf)
  if (!equalBytes(dataHash(bytes), header.dataHash)) {
    throw lie(header, 'Its transactions are not those that its header names.')
  }
  const outcomes = listAt(results, 'txs_results').map(readOutcome)
  if (outcomes.length !== bytes.length) {
    throw lie(header, `It has ${bytes.length} transactions, but outcomes of ${outcomes.length}.`)
  }
  if (next !== undefined && !equalBytes(resultsHash(outcomes), next.lastResultsHash)) {
    throw lie(header, 'What its transactions did is not what the next header names.')
  }
  return {
    txs: outcomes.map((outcome, i) => {
      const own = bytes[i] ?? new Uint8Array()
      return { hash: txHash(own), bytes: own, outcome }
    }),
    areOutcomesProven: next !== undefined,
    events: readEvents(listAt(results, 'finalize_block_events')),
  }
}

function readOutcome(json: unknown): TxOutcome {
  const text = (name: string): string => {
    const value = at(json, name)
    return typeof value === 'string' ? value : ''
  }
  return {
    code: Number(integerAt(json, ['code'], 0n)),
    data: bytesOf(at(json, 'data') ?? ''),
    gasWanted: integerAt(json, ['gas_wanted'], 0n),
    gasUsed: integerAt(json, ['gas_used'], 0n),
    codespace: text('codespace'),
    log: text('log'),
    events: readEvents(listAt(json, 'events')),
  }
}

function bytesOf(value: unknown): Uint8Array {
  const bytes = typeof value === 'string' ? fromBase64(value) : undefined
  if (bytes === undefined) throw notANode('no base64 where bytes of a block stand')
  return bytes
}

function lie({ height }: Header, sentence: string): unknown {
  return refuted(new ProofError('WRONG_HEADER', sentence), `block ${height}`)
}
