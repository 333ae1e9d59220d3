import { fromBase64 } from '@starling/protocol/bytes/base64'
import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { toHex } from '@starling/protocol/bytes/hex'
import type { Header, LightBlock, ValidatorSet } from '@starling/protocol/proof/cometTypes'
import { jsonReader } from '@starling/protocol/proof/jsonReader'
import { parseLightBlock } from '@starling/protocol/proof/parseLightBlock'
import { ProofError } from '@starling/protocol/proof/proofError'
import type { ProofOp } from '@starling/protocol/proof/proofOp'
import { readHeader } from '@starling/protocol/proof/readHeader'
import { validatorsHash } from '@starling/protocol/proof/validatorsHash'
import type { Rpc } from '../http/createRpc.ts'
import { at, integerAt, listAt, notANode, textAt } from '../http/json.ts'
import { StarlingError } from '../starlingError.ts'
import { refuted } from './refuted.ts'

/** What a node claims of one key; nothing of it is checked yet. */
export type ClaimedValue = { readonly value: Uint8Array; readonly height: bigint; readonly ops: readonly ProofOp[] }

/** A header, and how many transactions its block is said to have; the header does not say that. */
export type ClaimedHeader = { readonly header: Header; readonly txCount: number }

/** Blocks and values as a node's RPC server tells them. Nothing that it says is believed. */
export interface LightSource {
  readonly url: string
  /** Header, commit and validators of a height; of the newest without one. */
  block(height?: bigint): Promise<LightBlock>
  /** Headers of a range of heights, newest first; a node gives the newest twenty of them at most. */
  headers(least: bigint, most: bigint): Promise<readonly ClaimedHeader[]>
  /** The value of a key in the state after the block `height`, with its proof; the newest for 0, without one. */
  value(store: string, key: Uint8Array, height: bigint): Promise<ClaimedValue>
}

/** The most validators that one page of the RPC server holds. */
const PAGE = 100
/** More than a network has; an answer that claims more is not read to its end. */
const MOST_VALIDATORS = 10_000

/** Reads blocks and proofs over RPC. Validators are asked for again only where a header names others. */
export function createLightSource(rpc: Rpc): LightSource {
  let known: { readonly hash: Uint8Array; readonly validators: ValidatorSet } | undefined
  return {
    url: rpc.url,
    async block(height) {
      // The newest validators are asked for beside the newest block where none are known. They may be those of the block
      // after it: whether they are the same, its header says.
      const [commit, guess] = await Promise.all([
        rpc.call('commit', height === undefined ? {} : { height: String(height) }),
        known === undefined && height === undefined ? newestValidators(rpc) : undefined,
      ])
      const at = height ?? integerAt(commit, ['signed_header', 'header', 'height'])
      const signed = parse(commit, [])
      if (signed.header.height !== at) throw otherBlock(signed, at)
      const hash = signed.header.validatorsHash
      if (known !== undefined && equalBytes(known.hash, hash)) return { ...signed, validators: known.validators }
      if (guess !== undefined) {
        const block = parse(commit, [{ ...guess, block_height: String(at) }])
        if (equalBytes(validatorsHash(block.validators), hash)) {
          known = { hash, validators: block.validators }
          return block
        }
      }
      const block = parse(commit, await readValidators(rpc, at))
      // A set that the hash does not belong to is refuted by whoever verifies the block.
      if (equalBytes(validatorsHash(block.validators), hash)) known = { hash, validators: block.validators }
      return block
    },
    async headers(least, most) {
      const range = { minHeight: String(least), maxHeight: String(most) }
      return readHeaders(await rpc.call('blockchain', range))
    },
    async value(store, key, height) {
      const params = { path: `/store/${store}/key`, data: toHex(key), height: String(height) }
      return readValue(await rpc.call('abci_query', { ...params, prove: height > 0n }))
    },
  }
}

/** Another block than the one asked for, whose time or state would pass for that one's. */
function otherBlock({ header }: LightBlock, asked: bigint): unknown {
  const what = `Block ${header.height} came where block ${asked} was asked for.`
  return refuted(new ProofError('WRONG_HEADER', what), `block ${asked}`)
}

function parse(commit: unknown, validators: readonly unknown[]): LightBlock {
  try {
    return parseLightBlock(commit, ...validators)
  } catch (error) {
    throw refuted(error)
  }
}

function readHeaders(reply: unknown): readonly ClaimedHeader[] {
  try {
    return listAt(reply, 'block_metas').map((meta) => ({
      header: readHeader(jsonReader(at(meta, 'header'), 'blockchain.header')),
      txCount: Number(integerAt(meta, ['num_txs'], 0n)),
    }))
  } catch (error) {
    throw refuted(error, 'headers')
  }
}

/** The first page of the newest validators; undefined where they are more, or the node does not say. */
async function newestValidators(rpc: Rpc): Promise<object | undefined> {
  try {
    const page = await rpc.call('validators', { page: '1', per_page: String(PAGE) })
    const isWhole = typeof page === 'object' && page !== null && integerAt(page, ['total']) <= BigInt(PAGE)
    return isWhole ? page : undefined
  } catch {
    return undefined
  }
}

/** All pages of a height's validators. */
async function readValidators(rpc: Rpc, height: bigint): Promise<readonly unknown[]> {
  const pages: unknown[] = []
  for (let left = 1; left > 0; ) {
    const params = { height: String(height), page: String(pages.length + 1), per_page: String(PAGE) }
    const page = await rpc.call('validators', params)
    pages.push(page)
    const total = Number(integerAt(page, ['total']))
    left = Math.min(total, MOST_VALIDATORS) - pages.length * PAGE
  }
  return pages
}

function readValue(reply: unknown): ClaimedValue {
  const response = at(reply, 'response')
  const code = integerAt(response, ['code'], 0n)
  if (code !== 0n) {
    const log = textAt(response, 'log')
    throw new StarlingError('unavailable', `The node does not serve the state of that block: ${log}.`)
  }
  const value = at(response, 'value')
  return {
    value: value === null || value === undefined ? new Uint8Array() : bytesAt(response, 'value'),
    height: integerAt(response, ['height']),
    ops: listAt(response, 'proofOps', 'ops').map((op) => ({
      type: textAt(op, 'type'),
      key: bytesAt(op, 'key'),
      data: bytesAt(op, 'data'),
    })),
  }
}

function bytesAt(json: unknown, name: string): Uint8Array {
  const bytes = fromBase64(textAt(json, name))
  if (bytes === undefined) throw notANode(`no base64 at ${name}`)
  return bytes
}
