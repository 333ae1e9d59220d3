import { create, toBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import { verifySecp256k1 } from '@starling/protocol/crypto/secp256k1'
import type { BaseAccount } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import { PubKeySchema } from '@starling/protocol/gen/cosmos/crypto/secp256k1/keys_pb'
import type { FeesParams } from '@starling/protocol/gen/starling/v1/fees_pb'
import { bankError } from '@starling/protocol/modules/bank/errors'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { computeGas } from '@starling/protocol/modules/fees/gas'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Tx } from '@starling/protocol/tx/decodeTx'
import { txError } from '@starling/protocol/tx/errors'
import { signerOf } from '@starling/protocol/tx/messages'
import { signDigest } from '@starling/protocol/tx/signDocument'
import { getAccount, setAccount } from '../modules/auth/view.ts'
import { moveCoins } from '../modules/bank/moveCoins.ts'
import { DENOM } from '../modules/bank/view.ts'
import { getFeesParams } from '../modules/fees/view.ts'
import type { Context } from './context.ts'
import { legacyEvent } from './legacyEvent.ts'

/** What the ante found out: who sends, with which sequence, and the gas the transaction uses. */
export type Admitted = { readonly sender: string; readonly sequence: bigint; readonly gasUsed: bigint }

/**
 * Everything checked before a message runs, in this order: size, memo and signature count, timeout height, signers,
 * gas, sequence, signature, fee. On success the fee is paid and the sequence has moved; a message that fails later
 * changes neither. A simulation is checked alike, but for gas limit, signature and fee. SPEC wire 4.1
 */
export function runAnte(context: Context, tx: Tx, size: number, purpose: 'deliver' | 'simulate' = 'deliver'): Admitted {
  const params = getFeesParams(context.state)
  checkLimits(context, tx, size, params)
  const sender = onlySigner(tx)
  const gasUsed = gasOf(tx, size)
  if (purpose === 'deliver') checkGas(tx, gasUsed, params)
  const [signer] = tx.signers
  if (signer === undefined) throw txError('INVALID_TX', { reason: 'it has no signature' })
  if (addressOfPublicKey(signer.publicKey) !== sender) {
    throw txError('INVALID_PUBKEY', { reason: `the key belongs to another address than the signer ${sender}` })
  }
  const account = getAccount(context.state, sender)
  if (account === undefined) throw txError('UNKNOWN_ACCOUNT', { address: sender })
  if (signer.sequence !== account.sequence) {
    throw txError('WRONG_SEQUENCE', { expected: account.sequence, got: signer.sequence })
  }
  if (purpose === 'deliver') {
    checkSignature(context, tx, signer, account)
    chargeFee(context, sender, tx.fee)
  }
  advance(context, account, signer.publicKey)
  context.emit(legacyEvent('tx', { acc_seq: `${sender}/${signer.sequence}` }))
  return { sender, sequence: signer.sequence, gasUsed }
}

function checkLimits({ height }: Context, tx: Tx, size: number, params: FeesParams): void {
  const limit = Number(params.maxTxBytes)
  if (size > limit) throw txError('TX_TOO_LARGE', { size, limit })
  const memo = Number(params.maxMemoBytes)
  const length = toUtf8(tx.memo).length
  if (length > memo) throw txError('MEMO_TOO_LARGE', { length, limit: memo })
  const signatures = Number(params.maxSignatures)
  if (tx.signers.length > signatures) {
    throw txError('TOO_MANY_SIGNATURES', { count: tx.signers.length, limit: signatures })
  }
  if (tx.timeoutHeight !== 0n && tx.timeoutHeight < height) {
    throw txError('TIMEOUT_HEIGHT', { timeout: tx.timeoutHeight, height })
  }
}

/** All messages of a transaction are signed by one account; several signers in one transaction are not supported. */
function onlySigner(tx: Tx): string {
  const [first, ...rest] = tx.messages.map(signerOf)
  if (first === undefined) throw txError('INVALID_TX', { reason: 'it has no message' })
  if (rest.some((other) => other !== first) || tx.signers.length > 1) {
    throw txError('INVALID_TX', { reason: 'all its messages must be signed by one account, with one signature' })
  }
  return first
}

function gasOf(tx: Tx, size: number): bigint {
  return computeGas({ size, signatures: tx.signers.length, urls: tx.messages.map(({ typeUrl }) => typeUrl) })
}

function checkGas(tx: Tx, gas: bigint, params: FeesParams): void {
  const { gasLimit } = tx.fee
  if (gasLimit > params.maxGasPerTx) {
    throw txError('INVALID_REQUEST', { reason: `gas limit ${gasLimit} is above the largest, ${params.maxGasPerTx}` })
  }
  if (gasLimit < gas) {
    throw txError('OUT_OF_GAS', { wanted: gasLimit, used: gas })
  }
  if (tx.fee.denom !== DENOM) throw bankError('SEND_DISABLED', { denom: tx.fee.denom })
  const required = readWhole(params.minGasPrice) * gasLimit
  if (tx.fee.amount < required) {
    throw txError('INSUFFICIENT_FEE', { got: `${tx.fee.amount}${DENOM}`, required: `${required}${DENOM}` })
  }
}

function checkSignature(context: Context, tx: Tx, signer: Tx['signers'][number], { accountNumber }: BaseAccount): void {
  const { chainId } = context
  const digest = signDigest({ ...tx, chainId, accountNumber })
  if (verifySecp256k1(digest, signer.signature, signer.publicKey)) return
  throw txError('UNAUTHORIZED', { accountNumber, sequence: signer.sequence, chainId })
}

function chargeFee(context: Context, sender: string, { amount }: Tx['fee']): void {
  moveCoins(context, sender, moduleAddresses.fee_collector, amount)
  context.emit(legacyEvent('tx', { fee: `${amount}${DENOM}`, fee_payer: sender }))
}

function advance({ state }: Context, account: BaseAccount, publicKey: Uint8Array): void {
  const value = toBinary(PubKeySchema, create(PubKeySchema, { key: publicKey }))
  const pubKey = create(AnySchema, { typeUrl: '/cosmos.crypto.secp256k1.PubKey', value })
  setAccount(state, { ...account, pubKey, sequence: account.sequence + 1n })
}
