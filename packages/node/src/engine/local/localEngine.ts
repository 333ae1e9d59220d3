import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { Validator } from '@starling/protocol/proof/cometTypes'
import type { BlockLimits } from '@starling/protocol/proof/consensusHash'
import type { Application, BlockInput, BlockResult, CheckResult } from '../../app/application.ts'
import { type BlockSigner, createBlockSigner } from './blockSigner.ts'
import { type BlockStore, type StoredBlock, type StoredTx, txsOf } from './blockStore.ts'
import { createBlockTimer } from './blockTimer.ts'
import { toUpperHex } from './bytes.ts'
import { EngineHalted } from './engineHalted.ts'
import { createEventBus, type EventBus } from './eventBus.ts'
import { createMempool, type Mempool, type MempoolOptions } from './mempool.ts'
import { type LocalGenesis, replay } from './replay.ts'
import { type Chain, sealBlock } from './sealBlock.ts'
import { createTxWaiters } from './txWaiters.ts'

const BLOCK_TIME_MS = 1000
/** CometBFT's defaults, which every header commits to; blocks made here stay below. */
const LIMITS: BlockLimits = { maxBytes: 22_020_096n, maxGas: -1n }

/** What a local engine is made of. */
export type LocalEngineOptions = {
  readonly application: Application
  readonly blockStore: BlockStore
  readonly chainId: string
  readonly genesis: LocalGenesis
  /** Wall clock in milliseconds since 1970. */
  readonly clock: () => bigint
  readonly mempool?: Omit<MempoolOptions, 'checkTx'>
  /** Who signs the blocks; must be the same as long as the chain lives. Default: a new random key. */
  readonly signer?: BlockSigner
  /** Bytes of transactions in one block at most; default 4 MiB. */
  readonly maxBlockBytes?: number
  /** Told once when the engine halts, so that whoever runs it can end: a halted node is no use to anybody. */
  readonly onHalt?: (fault: EngineHalted) => void
}

/** Where the chain and the engine stand. Before block 1 the hash is empty and the time is genesis time. */
export type EngineStatus = {
  readonly chainId: string
  readonly height: bigint
  readonly blockHash: Uint8Array
  readonly appHash: Uint8Array
  readonly timeMs: bigint
  readonly mempoolCount: number
  readonly mempoolBytes: number
  /** True in timer mode. */
  readonly running: boolean
  readonly halted: EngineHalted | undefined
}

/** A chain of one validator in this process. */
export interface LocalEngine {
  readonly store: BlockStore
  /** The one validator. */
  readonly validator: Validator
  readonly genesis: LocalGenesis
  readonly limits: BlockLimits
  readonly mempool: Pick<Mempool, 'has' | 'count' | 'bytes' | 'reap'>
  readonly events: Pick<EventBus, 'subscribe' | 'subscriberCount'>
  /** Checks a transaction and queues it. Throws `MempoolError` (not taken) or `EngineHalted`. */
  submitTx(tx: Uint8Array): CheckResult & { readonly hash: string }
  /** Makes one block now. Throws `EngineHalted`. */
  mine(): StoredBlock
  /** Makes blocks until one satisfies the predicate, and returns it; throws after `maxBlocks` that do not. */
  mineUntil(predicate: (block: StoredBlock) => boolean, maxBlocks: number): StoredBlock
  /** Timer mode: a block every `blockTimeMs` (default a second), empty ones included. */
  start(options?: { readonly blockTimeMs?: number }): void
  /** Leaves timer mode. */
  stop(): void
  status(): EngineStatus
  /** The transaction once it stands in a block; rejects after `timeoutHeight` or when the engine halts or closes. */
  waitForTx(hash: string, timeoutHeight: bigint): Promise<StoredTx>
  /** Stops, cancels subscriptions and waiters, and closes the block store. */
  close(): void
}

/** Opens the chain: genesis or replay first, so that application and block store are at one height. */
export function createLocalEngine(options: LocalEngineOptions): LocalEngine {
  const { application, blockStore: store, genesis } = options
  const maxBytes = options.maxBlockBytes ?? 4 * 2 ** 20
  const chain: Chain = { chainId: options.chainId, signer: options.signer ?? createBlockSigner(), limits: LIMITS }
  refuseOtherChain(options, chain.signer)
  let appHash = replay(application, store, genesis)
  let halted: EngineHalted | undefined
  let busy = false
  const bus = createEventBus()
  const waiters = createTxWaiters(store.tx, store.height)
  const timer = createBlockTimer(() => void mine())

  /** Runs what must not fail; a failure halts the engine for good. */
  const guarded = <T>(during: string, step: () => T): T => {
    if (halted !== undefined) throw halted
    try {
      return step()
    } catch (error) {
      halted = error instanceof EngineHalted ? error : new EngineHalted(during, error)
      timer.stop()
      waiters.fail(halted.message)
      options.onHalt?.(halted)
      throw halted
    }
  }
  const maxTxBytes = Math.min(options.mempool?.maxTxBytes ?? 2 ** 20, maxBytes)
  const checkTx: MempoolOptions['checkTx'] = (tx, kind) =>
    guarded(`${kind === 'new' ? 'checking' : 'rechecking'} a transaction`, () => application.checkTx(tx, kind))
  const mempool = createMempool({ ...options.mempool, maxTxBytes, checkTx })

  const mine = (): StoredBlock => {
    if (halted !== undefined) throw halted
    if (busy) throw new Error('A block is being made already. Call mine() when the call before has returned.')
    busy = true
    try {
      const proposal = { ...nextSlot(options), txs: mempool.reap(maxBytes) }
      const block = guarded(`block ${proposal.height}`, () =>
        makeBlock(options, chain, { ...proposal, maxBytes }, appHash),
      )
      appHash = block.results.appHash
      const txs = txsOf(block)
      bus.publishBlock(block, txs)
      waiters.committed(proposal.height, txs)
      mempool.update(txs.map(({ tx, result }) => ({ tx, code: result.code })))
      return block
    } finally {
      busy = false
    }
  }

  return {
    store,
    validator: chain.signer.validator,
    genesis,
    limits: LIMITS,
    mempool,
    events: bus,
    submitTx(tx) {
      if (halted !== undefined) throw halted
      return mempool.add(tx)
    },
    mine,
    mineUntil: (predicate, maxBlocks) => mineUntil(mine, predicate, maxBlocks),
    start({ blockTimeMs = BLOCK_TIME_MS } = {}) {
      if (halted !== undefined) throw halted
      timer.start(blockTimeMs)
    },
    stop: () => timer.stop(),
    status: () => ({
      ...chainStatus(options, appHash),
      mempoolCount: mempool.count(),
      mempoolBytes: mempool.bytes(),
      running: timer.running(),
      halted,
    }),
    waitForTx(hash, timeoutHeight) {
      if (halted !== undefined && store.tx(hash) === undefined) return Promise.reject(halted)
      return waiters.wait(hash, timeoutHeight)
    },
    close() {
      timer.stop()
      bus.close('The node is shutting down.')
      waiters.fail('The node is shutting down.')
      store.close()
    },
  }
}

function refuseOtherChain({ chainId, blockStore }: LocalEngineOptions, { validator }: BlockSigner): void {
  if (blockStore.chainId !== chainId) {
    throw new Error(
      `The block store holds chain "${blockStore.chainId}", but the engine was started for "${chainId}". Open the block store of that chain.`,
    )
  }
  const newest = blockStore.summary(blockStore.height())
  if (newest === undefined || equalBytes(newest.header.proposerAddress, validator.address)) return
  throw new Error(
    `The stored blocks are signed by validator ${toUpperHex(newest.header.proposerAddress)}, but the engine was started with the key of ${toUpperHex(validator.address)}. Restore the key file that belongs to these blocks.`,
  )
}

/** The next height, and its time: max(previous + 1 ms, wall clock) (SPEC GR-2). */
function nextSlot({ blockStore, genesis, clock }: LocalEngineOptions): Pick<BlockInput, 'height' | 'timeMs'> {
  const height = blockStore.height()
  const earliest = (blockStore.summary(height)?.header.timeMs ?? genesis.timeMs ?? 0n) + 1n
  const now = clock()
  return { height: height + 1n, timeMs: now > earliest ? now : earliest }
}

/** Proposes, finalises, stores and commits, in this order: after a crash in between, `replay` repeats the commit. */
function makeBlock(
  { application, blockStore }: LocalEngineOptions,
  chain: Chain,
  slot: BlockInput & { readonly maxBytes: number },
  appHash: Uint8Array,
): StoredBlock {
  const input: BlockInput = { height: slot.height, timeMs: slot.timeMs, txs: application.prepareProposal(slot) }
  if (!application.processProposal(input)) {
    throw new Error('the application refuses the proposal that it has prepared itself.')
  }
  const results: BlockResult = application.finalizeBlock(input)
  const last = blockStore.summary(input.height - 1n)
  const block = sealBlock(chain, input, { block: last, appHash }, results)
  blockStore.saveBlock(block)
  application.commit()
  return block
}

function mineUntil(
  mine: () => StoredBlock,
  predicate: (block: StoredBlock) => boolean,
  maxBlocks: number,
): StoredBlock {
  for (let made = 0; made < maxBlocks; made += 1) {
    const block = mine()
    if (predicate(block)) return block
  }
  throw new Error(`None of ${maxBlocks} new blocks satisfies the condition. Check the condition, or allow more blocks.`)
}

type ChainStatus = Pick<EngineStatus, 'chainId' | 'height' | 'blockHash' | 'appHash' | 'timeMs'>

function chainStatus({ chainId, blockStore, genesis }: LocalEngineOptions, appHash: Uint8Array): ChainStatus {
  const height = blockStore.height()
  const newest = blockStore.summary(height)
  const timeMs = newest?.header.timeMs ?? genesis.timeMs ?? 0n
  return { chainId, height, blockHash: newest?.hash ?? new Uint8Array(), appHash, timeMs }
}
