import { encodeTx, type MessageToSend } from '@starling/protocol/tx/encodeTx'
import { refusal, StarlingError } from '../starlingError.ts'
import { txHash } from '../tx/txHash.ts'
import type { Client, LandedTx, Sender, SentTx, Wallet } from '../types.ts'
import { emptyKnowledge, knowAccount, knowFees, knowHeight, learn } from './knowledge.ts'
import { priceTx, type TxPrice } from './priceTx.ts'
import { submitTx } from './submitTx.ts'

/** Who sends, and through which node. An account has one sender at a time, else their sequences collide. */
export type SenderOptions = {
  readonly client: Client
  readonly wallet: Wallet
  /** Blocks within which a transaction lands or never does; default 60. */
  readonly timeoutBlocks?: bigint
}

type Priced = {
  readonly tx: {
    readonly messages: readonly MessageToSend[]
    readonly memo: string
    readonly sequence: bigint
    readonly timeoutHeight: bigint
  }
  readonly price: TxPrice
}

const TIMEOUT_BLOCKS = 60n

/**
 * A sender of one account. `landed` may be left alone: a refusal that nobody waits for is dropped.
 *
 * @example
 * const sender = createSender({ client, wallet: walletFromMnemonic(words) })
 * const { hash, landed } = await sender.send([{ typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }])
 * console.log(hash, (await landed).height)
 */
export function createSender({ client, wallet, timeoutBlocks = TIMEOUT_BLOCKS }: SenderOptions): Sender {
  const { address, privateKey, publicKey } = wallet
  const known = emptyKnowledge()
  let tail: Promise<unknown> = Promise.resolve()

  const priced = async (messages: readonly MessageToSend[], memo: string, sequence: bigint): Promise<Priced> => {
    const height = await knowHeight(client, known)
    const { minGasPrice } = await knowFees(client, known, height)
    const tx = { messages, memo, sequence, timeoutHeight: height + timeoutBlocks }
    return { tx, price: priceTx(tx, minGasPrice) }
  }
  const sendOnce = async (messages: readonly MessageToSend[], memo: string): Promise<SentTx> => {
    const chainId = await client.chainId()
    const { accountNumber, sequence } = await knowAccount(client, address, known)
    const { tx, price } = await priced(messages, memo, sequence)
    const { timeoutHeight } = tx
    const bytes = encodeTx({ ...tx, ...price, privateKey, publicKey, chainId, accountNumber })
    await submitTx(client, { bytes, address, sequence })
    known.sequence = sequence + 1n
    const hash = txHash(bytes)
    return { hash, landed: follow(hash, timeoutHeight) }
  }
  const sendNow = async (messages: readonly MessageToSend[], memo: string): Promise<SentTx> => {
    try {
      return await sendOnce(messages, memo)
    } catch (error) {
      if (!(await learn(client, known, error))) throw error
    }
    try {
      return await sendOnce(messages, memo)
    } catch (error) {
      await learn(client, known, error).catch(() => {})
      throw error
    }
  }
  const follow = (hash: string, timeoutHeight: bigint): Promise<LandedTx> => {
    const landed = client.waitForTx(hash, timeoutHeight).then(succeeded, (error) => {
      // It may never have used its sequence.
      known.sequence = undefined
      throw error
    })
    landed.catch(() => {})
    return landed
  }
  return {
    address,
    async send(messages, { memo = '' } = {}) {
      checkNotEmpty(messages)
      const sent = tail.then(() => sendNow(messages, memo))
      tail = sent.catch(() => {})
      return sent
    },
    async feeOf(messages) {
      checkNotEmpty(messages)
      const sequence = known.sequence ?? (await client.accountUnverified(address))?.sequence ?? 0n
      return (await priced(messages, '', sequence)).price.fee
    },
  }
}

function checkNotEmpty(messages: readonly MessageToSend[]): void {
  if (messages.length > 0) return
  throw new StarlingError('bad-input', 'A transaction needs at least one message; none was given.')
}

function succeeded(tx: LandedTx): LandedTx {
  if (tx.code !== 0) throw refusal(tx.log, tx)
  return tx
}
