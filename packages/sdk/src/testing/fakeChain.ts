import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import { verifySecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { ProtocolError } from '@starling/protocol/errors'
import { computeGas } from '@starling/protocol/modules/fees/gas'
import { decodeTx, type Tx } from '@starling/protocol/tx/decodeTx'
import { txError } from '@starling/protocol/tx/errors'
import { signDigest } from '@starling/protocol/tx/signDocument'
import { txHash } from '../tx/txHash.ts'
import type { ChainEvent, LandedTx } from '../types.ts'

/** An account of the fake chain. */
export type FakeAccount = { readonly accountNumber: bigint; readonly sequence: bigint; readonly balance: bigint }

/** What CheckTx says. */
export type FakeVerdict = Pick<LandedTx, 'hash' | 'code' | 'codespace' | 'log'>

/** A block of the fake chain. */
export type FakeBlock = {
  readonly height: bigint
  readonly events: readonly ChainEvent[]
  readonly txs: readonly LandedTx[]
}

/** A chain with accounts and sends, and a mempool whose state runs ahead of the committed one. */
export interface FakeChain {
  readonly chainId: string
  height(): bigint
  fund(address: string, amount: bigint): void
  account(address: string): FakeAccount | undefined
  submit(bytes: Uint8Array): FakeVerdict
  /** Forgets what waits in the mempool. */
  flush(): void
  /** Makes a block of everything in the mempool. */
  mine(events?: readonly ChainEvent[]): FakeBlock
  block(height: bigint): FakeBlock | undefined
  tx(hash: string): LandedTx | undefined
  /** uallo per unit of gas; may be changed. */
  minGasPrice: bigint
}

type Accounts = Map<string, FakeAccount>

/** A chain at height 1 with one empty block. */
export function createFakeChain(chainId = 'starling-test-1'): FakeChain {
  const committed: Accounts = new Map()
  let checked: Accounts = new Map()
  const known = new Set<string>()
  let mempool: Uint8Array[] = []
  const blocks: FakeBlock[] = [{ height: 1n, events: [], txs: [] }]
  const txs = new Map<string, LandedTx>()
  const height = (): bigint => BigInt(blocks.length)
  const recheck = (): void => {
    checked = new Map(committed)
    mempool = mempool.filter((bytes) => attempt(chain, checked, bytes, height() + 1n).code === 0)
  }
  const chain: FakeChain = {
    chainId,
    minGasPrice: 10n,
    height,
    fund(address, amount) {
      const { balance = 0n, ...rest } = committed.get(address) ?? {
        accountNumber: BigInt(committed.size),
        sequence: 0n,
      }
      committed.set(address, { ...rest, balance: balance + amount })
      recheck()
    },
    account: (address) => committed.get(address),
    submit(bytes) {
      const hash = txHash(bytes)
      if (known.has(hash)) return { hash, code: 19, codespace: 'sdk', log: 'tx already exists in cache' }
      const { code, codespace, log } = attempt(chain, checked, bytes, height() + 1n)
      if (code === 0) {
        known.add(hash)
        mempool.push(bytes)
      }
      return { hash, code, codespace, log }
    },
    flush() {
      for (const bytes of mempool) known.delete(txHash(bytes))
      mempool = []
      recheck()
    },
    mine(events = []) {
      const next = height() + 1n
      const landed = mempool.map((bytes) => attempt(chain, committed, bytes, next))
      const block = { height: next, events, txs: landed }
      blocks.push(block)
      for (const tx of landed) txs.set(tx.hash, tx)
      mempool = []
      recheck()
      return block
    },
    block: (wanted) => blocks[Number(wanted) - 1],
    tx: (hash) => txs.get(hash),
  }
  return chain
}

function attempt(chain: FakeChain, accounts: Accounts, bytes: Uint8Array, height: bigint): LandedTx {
  const nothing = { hash: txHash(bytes), height, gasUsed: 0n, events: [] }
  try {
    const tx = decodeTx(bytes)
    const sender = pay(chain, accounts, tx, bytes.length, height)
    const facts = { ...nothing, gasUsed: tx.fee.gasLimit }
    const log = move(accounts, tx, sender)
    return log === '' ? { ...facts, code: 0, codespace: '', log } : { ...facts, code: 5, codespace: 'sdk', log }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return { ...nothing, code: error.number, codespace: error.codespace, log: error.message }
  }
}

function pay(chain: FakeChain, accounts: Accounts, tx: Tx, size: number, height: bigint): string {
  const [signer] = tx.signers
  if (signer === undefined) throw txError('INVALID_TX', { reason: 'it has no signature' })
  if (tx.timeoutHeight !== 0n && tx.timeoutHeight < height) {
    throw txError('TIMEOUT_HEIGHT', { timeout: tx.timeoutHeight, height })
  }
  if (tx.memo.length > 256) throw txError('MEMO_TOO_LARGE', { length: tx.memo.length, limit: 256 })
  const sender = addressOfPublicKey(signer.publicKey)
  const account = accounts.get(sender)
  if (account === undefined) throw txError('UNKNOWN_ACCOUNT', { address: sender })
  const gas = computeGas({ size, signatures: 1, urls: tx.messages.map(({ typeUrl }) => typeUrl) })
  if (tx.fee.gasLimit < gas) throw txError('OUT_OF_GAS', { wanted: tx.fee.gasLimit, used: gas })
  const required = chain.minGasPrice * tx.fee.gasLimit
  if (tx.fee.amount < required) {
    throw txError('INSUFFICIENT_FEE', { got: `${tx.fee.amount}uallo`, required: `${required}uallo` })
  }
  const { sequence, accountNumber, balance } = account
  if (signer.sequence !== sequence) throw txError('WRONG_SEQUENCE', { expected: sequence, got: signer.sequence })
  const digest = signDigest({ ...tx, chainId: chain.chainId, accountNumber })
  if (!verifySecp256k1(digest, signer.signature, signer.publicKey)) {
    throw txError('UNAUTHORIZED', { accountNumber, sequence, chainId: chain.chainId })
  }
  if (balance < tx.fee.amount) throw txError('INSUFFICIENT_FUNDS', { balance, needed: tx.fee.amount })
  accounts.set(sender, { accountNumber, sequence: sequence + 1n, balance: balance - tx.fee.amount })
  return sender
}

/** Moves coins for each send; the reason where somebody has too few. */
function move(accounts: Accounts, tx: Tx, sender: string): string {
  for (const message of tx.messages) {
    if (message.typeUrl !== '/cosmos.bank.v1beta1.MsgSend') continue
    const amount = BigInt(message.value.amount[0]?.amount ?? '0')
    const from = accounts.get(sender)
    if (from === undefined || from.balance < amount) return 'insufficient funds'
    accounts.set(sender, { ...from, balance: from.balance - amount })
    const to = accounts.get(message.value.toAddress) ?? {
      accountNumber: BigInt(accounts.size),
      sequence: 0n,
      balance: 0n,
    }
    accounts.set(message.value.toAddress, { ...to, balance: to.balance + amount })
  }
  return ''
}
