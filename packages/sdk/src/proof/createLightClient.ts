import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { toHex } from '@starling/protocol/bytes/hex'
import type { LightBlock, Time } from '@starling/protocol/proof/cometTypes'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { ProofError } from '@starling/protocol/proof/proofError'
import { checkLightBlock, type LightRules, verifyLightBlock } from '@starling/protocol/proof/verifyLightBlock'
import { StarlingError } from '../starlingError.ts'
import type { LightSource } from './lightSource.ts'
import type { PinStore } from './pins.ts'
import { refuted } from './refuted.ts'

/** What a client believes, and for how long. */
export type TrustOptions = {
  /** Where trust begins; default what `pins` holds for the address, else the first block that the node shows. */
  readonly trust?: { readonly height: bigint; readonly hash: Uint8Array }
  /** The chain that the node must be of; default that of the pin, or of the first block seen. */
  readonly chainId?: string
  /** Default: forgotten with the client. */
  readonly pins?: PinStore
  /** How long a verified block can be built on; shorter than the time in which stake can be withdrawn. Default two weeks. */
  readonly trustingPeriodMs?: bigint
  /** How far the clocks of validators may run ahead of this one. Default 10 s. */
  readonly maxClockDriftMs?: bigint
  /** The oldest that a node's newest block may be; without it a halted chain is read as it stands. */
  readonly maxHeadAgeMs?: bigint
  /** Wall clock in milliseconds since 1970. */
  readonly clock?: () => bigint
}

/** Blocks of a node, each one verified from a trusted height. Throws a `StarlingError` of kind `refuted` for a lie. */
export interface LightClient {
  /** The node's newest block; never older than one seen before. */
  newest(): Promise<LightBlock>
  /** The block of a height. */
  at(height: bigint): Promise<LightBlock>
}

const TWO_WEEKS_MS = 14n * 24n * 3_600_000n
/** Blocks kept: what a reader of a few epochs touches. */
const KEPT = 256
/** The longest way back over hashes of headers. */
const MOST_STEPS_BACK = 10_000n

/** Milliseconds since 1970. */
export function timeMs({ seconds, nanos }: Time): bigint {
  return seconds * 1000n + BigInt(Math.floor(nanos / 1e6))
}

/** A light client of the node that `source` reads. */
export function createLightClient(source: LightSource, options: TrustOptions): LightClient {
  const book = createBook(source, options)
  return {
    async newest() {
      const seen = await book.newest()
      const head = await source.block()
      if (seen !== undefined) await verifyHead(source, book, seen, head)
      else await book.begin(head)
      refuseStale(head, options)
      return head
    },
    async at(height) {
      const known = book.get(height)
      if (known !== undefined) return known
      const seen = (await book.newest()) ?? (await book.begin(await source.block()))
      const block = await source.block(height)
      if (height > seen.header.height) await climb(source, book, seen, block)
      else await descend(source, book, block)
      return block
    },
  }
}

/** Verified blocks of one chain by height. */
type Book = {
  newest(): Promise<LightBlock | undefined>
  get(height: bigint): LightBlock | undefined
  above(height: bigint): LightBlock | undefined
  keep(block: LightBlock): void
  /** Trusts a block as it comes: nothing was known before. */
  begin(block: LightBlock): Promise<LightBlock>
  readonly rules: () => LightRules
}

function createBook(source: LightSource, options: TrustOptions): Book {
  const { pins, clock = () => BigInt(Date.now()) } = options
  const blocks = new Map<bigint, LightBlock>()
  let chainId = options.chainId
  let top: LightBlock | undefined
  const rules = (): LightRules => ({
    chainId: chainId ?? '',
    nowMs: clock(),
    trustingPeriodMs: options.trustingPeriodMs ?? TWO_WEEKS_MS,
    maxClockDriftMs: options.maxClockDriftMs ?? 10_000n,
  })
  const keep = (block: LightBlock): void => {
    const { height } = block.header
    blocks.set(height, block)
    if (top === undefined || height > top.header.height) {
      top = block
      pins?.write(source.url, { chainId: block.header.chainId, height, hash: headerHash(block.header) })
    }
    for (const oldest of blocks.keys()) {
      if (blocks.size <= KEPT) break
      if (oldest !== top.header.height) blocks.delete(oldest)
    }
  }
  const checkOwn = (block: LightBlock): void => {
    chainId ??= block.header.chainId
    const { chainId: expected } = rules()
    refutedBy(() => checkLightBlock(block, expected))
  }
  const open = async (): Promise<LightBlock | undefined> => {
    const kept = options.trust === undefined ? pins?.read(source.url) : undefined
    const pin = options.trust ?? kept
    if (pin === undefined) return undefined
    chainId ??= kept?.chainId
    const block = await source.block(pin.height)
    if (!equalBytes(headerHash(block.header), pin.hash)) throw otherThanPinned(source, pin, block)
    checkOwn(block)
    keep(block)
    return block
  }
  let opened: Promise<LightBlock | undefined> | undefined
  return {
    async newest() {
      if (top !== undefined) return top
      opened ??= open().catch((error: unknown) => {
        opened = undefined
        throw error
      })
      await opened
      return top
    },
    get: (height) => blocks.get(height),
    above: (height) => [...blocks.values()].filter(({ header }) => header.height > height).sort(byHeight)[0],
    keep,
    async begin(block) {
      checkOwn(block)
      keep(block)
      return block
    },
    rules,
  }
}

function byHeight(a: LightBlock, b: LightBlock): number {
  return a.header.height < b.header.height ? -1 : 1
}

/** Accepts a newest block that is not older than what was seen, and not another one of the same height. */
async function verifyHead(source: LightSource, book: Book, seen: LightBlock, head: LightBlock): Promise<void> {
  const { height } = head.header
  if (height > seen.header.height) return climb(source, book, seen, head)
  if (height === seen.header.height && equalBytes(headerHash(head.header), headerHash(seen.header))) return
  const what = `The node's newest block is ${height}, though block ${seen.header.height} was seen and verified before`
  const remedy = 'Ask another node, or wait until this one has caught up.'
  const cause = new ProofError('OLD_HEADER', `Block ${height} is not newer than ${seen.header.height}.`)
  throw new StarlingError('refuted', `${what}. ${remedy}`, { cause })
}

/** Verifies a later block, over blocks in between where too few of the trusted validators have signed it. */
async function climb(source: LightSource, book: Book, from: LightBlock, to: LightBlock): Promise<void> {
  let trusted = from
  const goals = [to]
  for (let goal = goals.at(-1); goal !== undefined; goal = goals.at(-1)) {
    const between = await stepTo(source, book, trusted, goal)
    if (between !== undefined) {
      goals.push(between)
      continue
    }
    book.keep(goal)
    trusted = goal
    goals.pop()
  }
}

/** Undefined where the goal is verified, else a block in between to verify first. */
async function stepTo(
  source: LightSource,
  book: Book,
  trusted: LightBlock,
  goal: LightBlock,
): Promise<LightBlock | undefined> {
  try {
    verifyLightBlock(trusted, goal, book.rules())
    return undefined
  } catch (error) {
    const distance = goal.header.height - trusted.header.height
    if (!(error instanceof ProofError && error.code === 'TOO_LITTLE_TRUST' && distance > 1n)) throw refuted(error)
    return source.block(trusted.header.height + distance / 2n)
  }
}

/**
 * Verifies an earlier block: by the signatures of validators that a verified block has named, else by the hashes of
 * the headers in between.
 */
async function descend(source: LightSource, book: Book, block: LightBlock): Promise<void> {
  const above = book.above(block.header.height)
  if (above === undefined) throw new Error('no later block is verified')
  const isSameSet = equalBytes(block.header.validatorsHash, above.header.validatorsHash)
  if (isSameSet) {
    refutedBy(() => checkLightBlock({ ...block, validators: above.validators }, book.rules().chainId))
    book.keep(block)
    return
  }
  const distance = above.header.height - block.header.height
  if (distance > MOST_STEPS_BACK) {
    const what = `Block ${block.header.height} lies ${distance} blocks before the trusted ones, with other validators`
    throw new StarlingError('unavailable', `${what}. Give an earlier trusted height.`)
  }
  for (let later = above; later.header.height > block.header.height; ) {
    const height = later.header.height - 1n
    const earlier = height === block.header.height ? block : await source.block(height)
    const isLinked = equalBytes(headerHash(earlier.header), later.header.lastBlockId.hash)
    if (!isLinked)
      throw refuted(new ProofError('WRONG_HEADER', `Block ${height} is not the one that block ${height + 1n} follows.`))
    later = earlier
  }
  book.keep(block)
}

function refuseStale({ header }: LightBlock, { maxHeadAgeMs, clock = () => BigInt(Date.now()) }: TrustOptions): void {
  if (maxHeadAgeMs === undefined) return
  const age = clock() - timeMs(header.time)
  if (age <= maxHeadAgeMs) return
  const what = `The node's newest block, ${header.height}, is ${age / 1000n} s old, more than the ${maxHeadAgeMs / 1000n} s allowed`
  throw new StarlingError('stale', `${what}: the chain stands still, or the node shows old blocks. Ask another node.`)
}

function otherThanPinned(
  source: LightSource,
  pin: { readonly height: bigint; readonly hash: Uint8Array },
  block: LightBlock,
): StarlingError {
  const found = toHex(headerHash(block.header)).slice(0, 16)
  const what = `Block ${pin.height} of ${source.url} has the hash ${found}…, but ${toHex(pin.hash).slice(0, 16)}… is trusted`
  const remedy = 'It is another chain, or one that began anew: if that is right, trust it with --trust new.'
  const cause = new ProofError('WRONG_HEADER', `Block ${pin.height} is not the trusted one.`)
  return new StarlingError('refuted', `${what}. ${remedy}`, { cause })
}

function refutedBy(check: () => void): void {
  try {
    check()
  } catch (error) {
    throw refuted(error)
  }
}
