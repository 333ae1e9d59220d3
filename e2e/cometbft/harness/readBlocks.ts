import { at, listAt, textAt } from '@starling/sdk/http/json'
import type { Validator } from './startValidators.ts'

/** A block as CometBFT tells it; hashes in upper-case hexadecimal. */
export type CometBlock = {
  readonly height: bigint
  /** Milliseconds since 1970. */
  readonly timeMs: bigint
  readonly txs: readonly Uint8Array[]
  readonly hash: string
  /** Of the state before this block. */
  readonly appHash: string
  readonly dataHash: string
  readonly lastResultsHash: string
  readonly proposer: string
}

/** The blocks from one height to another. */
export async function readBlocks(
  { ask }: Pick<Validator, 'ask'>,
  first: bigint,
  last: bigint,
): Promise<readonly CometBlock[]> {
  const blocks: CometBlock[] = []
  for (let height = first; height <= last; height += 1n) {
    blocks.push(toBlock(height, await ask('block', { height: String(height) })))
  }
  return blocks
}

function toBlock(height: bigint, json: unknown): CometBlock {
  const header = (name: string): string => textAt(json, 'block', 'header', name)
  return {
    height,
    timeMs: toMilliseconds(header('time')),
    txs: listAt(json, 'block', 'data', 'txs').map((tx) => new Uint8Array(Buffer.from(String(tx), 'base64'))),
    hash: textAt(json, 'block_id', 'hash'),
    appHash: header('app_hash'),
    dataHash: header('data_hash'),
    lastResultsHash: header('last_results_hash'),
    proposer: header('proposer_address'),
  }
}

function toMilliseconds(time: string): bigint {
  const [, seconds = '', fraction = ''] = /^([^.Z]+)(?:\.([0-9]+))?Z$/.exec(time) ?? []
  return BigInt(Date.parse(`${seconds}Z`)) + BigInt(fraction.padEnd(3, '0').slice(0, 3))
}

/** Every transaction's code and every event of a block, as CometBFT keeps them. */
export async function readResults({ ask }: Pick<Validator, 'ask'>, height: bigint): Promise<unknown> {
  const json = await ask('block_results', { height: String(height) })
  const eventsOf = (list: readonly unknown[]): unknown =>
    list.map((event) => ({
      type: textAt(event, 'type'),
      attributes: listAt(event, 'attributes').map((one) => [at(one, 'key'), at(one, 'value'), at(one, 'index')]),
    }))
  return {
    events: eventsOf(listAt(json, 'finalize_block_events')),
    txs: listAt(json, 'txs_results').map((result) => ({
      code: at(result, 'code') ?? 0,
      log: at(result, 'log') ?? '',
      events: eventsOf(listAt(result, 'events')),
    })),
  }
}
