import type { CheckResult } from '../../app/application.ts'
import { MempoolError } from './mempoolError.ts'
import { txHash } from './txHash.ts'

/** Bounds and order of a mempool. */
export type MempoolOptions = {
  readonly checkTx: (tx: Uint8Array, kind: 'new' | 'recheck') => CheckResult
  /** Transactions waiting at most; default 5000. */
  readonly maxCount?: number
  /** Bytes waiting at most; default 64 MiB. */
  readonly maxBytes?: number
  /** Bytes of one transaction at most; default 1 MiB. */
  readonly maxTxBytes?: number
  /** Hashes remembered to refuse duplicates; default 20,000. */
  readonly cacheSize?: number
  /** `arrival` (default), or `sender`: by sender, sequence and hash, whatever the order of arrival. */
  readonly order?: 'arrival' | 'sender'
}

/** Transactions that wait for a block. A sender's transactions always keep the order of their sequences. */
export interface Mempool {
  /** Checks and, with code 0, keeps a transaction. Throws `MempoolError` for a duplicate or when there is no room. */
  add(tx: Uint8Array): CheckResult & { readonly hash: string }
  /** What fits into a block; what does not fit waits, with everything later of its sender. */
  reap(maxBytes: number): readonly Uint8Array[]
  /** Removes a block's transactions, then rechecks the rest and drops what has become invalid. */
  update(block: readonly { readonly tx: Uint8Array; readonly code: number }[]): void
  /** True when the transaction waits; by hash in upper-case hexadecimal. */
  has(hash: string): boolean
  count(): number
  bytes(): number
}

type Waiting = { readonly hash: string; readonly tx: Uint8Array; readonly sender: string; readonly sequence: bigint }

/** An empty mempool. */
export function createMempool(options: MempoolOptions): Mempool {
  const { checkTx, maxCount = 5000, maxBytes = 64 * 2 ** 20, maxTxBytes = 2 ** 20, order = 'arrival' } = options
  const cache = createCache(Math.max(options.cacheSize ?? 20_000, maxCount))
  const waiting = new Map<string, Waiting>()
  let bytes = 0

  const remove = (hash: string): void => {
    bytes -= waiting.get(hash)?.tx.length ?? 0
    waiting.delete(hash)
  }
  const ordered = (): readonly Waiting[] => {
    const list = [...waiting.values()]
    return order === 'sender' ? list.sort(bySender) : inSequence(list)
  }
  const refuseUnfit = (tx: Uint8Array, hash: string): void => {
    if (tx.length > maxTxBytes) {
      const sizes = `it has ${tx.length} bytes and at most ${maxTxBytes} are allowed`
      throw new MempoolError('tooLarge', `The tx is too large: ${sizes}. Split it.`)
    }
    if (cache.has(hash) || waiting.has(hash)) throw new MempoolError('duplicate', 'tx already exists in cache')
    if (waiting.size >= maxCount || bytes + tx.length > maxBytes) {
      const use = `${waiting.size} txs (max ${maxCount}), ${bytes} bytes (max ${maxBytes})`
      throw new MempoolError('full', `mempool is full: ${use}. Send it again after the next block.`)
    }
  }

  return {
    add(tx) {
      const hash = txHash(tx)
      refuseUnfit(tx, hash)
      const result = checkTx(tx, 'new')
      if (result.code === 0) {
        cache.add(hash)
        waiting.set(hash, { hash, tx: tx.slice(), sender: result.sender, sequence: result.sequence })
        bytes += tx.length
      }
      return { ...result, hash }
    },
    reap: (limit) => fitting(ordered(), limit),
    update(block) {
      for (const { tx, code } of block) {
        const hash = txHash(tx)
        remove(hash)
        if (code === 0) cache.add(hash)
        else cache.delete(hash)
      }
      for (const { hash, tx } of ordered()) {
        if (checkTx(tx, 'recheck').code === 0) continue
        remove(hash)
        cache.delete(hash)
      }
    },
    has: (hash) => waiting.has(hash),
    count: () => waiting.size,
    bytes: () => bytes,
  }
}

function fitting(list: readonly Waiting[], limit: number): readonly Uint8Array[] {
  const taken: Uint8Array[] = []
  const held = new Set<string>()
  let used = 0
  for (const { tx, sender } of list) {
    if (held.has(sender)) continue
    if (used + tx.length > limit) {
      held.add(sender)
      continue
    }
    used += tx.length
    taken.push(tx)
  }
  return taken
}

function bySequence(a: Waiting, b: Waiting): number {
  return a.sequence < b.sequence ? -1 : a.sequence > b.sequence ? 1 : 0
}

function bySender(a: Waiting, b: Waiting): number {
  if (a.sender !== b.sender) return a.sender < b.sender ? -1 : 1
  return bySequence(a, b) || (a.hash < b.hash ? -1 : 1)
}

/** Keeps each sender's places in the queue, but fills them in the order of its sequences. */
function inSequence(list: readonly Waiting[]): readonly Waiting[] {
  const queues = new Map<string, Waiting[]>()
  for (const entry of list) {
    const queue = queues.get(entry.sender)
    if (queue === undefined) queues.set(entry.sender, [entry])
    else queue.push(entry)
  }
  for (const queue of queues.values()) queue.sort(bySequence).reverse()
  return list.flatMap(({ sender }) => queues.get(sender)?.pop() ?? [])
}

/** The newest hashes, up to a size. */
function createCache(size: number): Pick<Set<string>, 'has' | 'delete'> & { add(hash: string): void } {
  const hashes = new Set<string>()
  return {
    has: (hash) => hashes.has(hash),
    delete: (hash) => hashes.delete(hash),
    add(hash) {
      hashes.delete(hash)
      hashes.add(hash)
      for (const oldest of hashes) {
        if (hashes.size <= size) break
        hashes.delete(oldest)
      }
    },
  }
}
