import { decodeCanonical } from '../codec/decodeCanonical.ts'
import { type FieldBudget, newBudget } from '../codec/scanMessage.ts'
import { PubKeySchema } from '../gen/cosmos/crypto/secp256k1/keys_pb.ts'
import { SignMode } from '../gen/cosmos/tx/signing/v1beta1/signing_pb.ts'
import { AuthInfoSchema, type SignerInfo, TxBodySchema, TxRawSchema } from '../gen/cosmos/tx/v1beta1/tx_pb.ts'
import { parseAmount } from '../num/parseAmount.ts'
import { txError } from './errors.ts'
import { decodeMessage, type ProtocolMessage } from './messages.ts'

/** A transaction as the rest of the protocol sees it: parsed once, trusted inside. */
export type Tx = {
  readonly messages: readonly ProtocolMessage[]
  readonly memo: string
  /** 0 = never. */
  readonly timeoutHeight: bigint
  readonly signers: readonly {
    readonly publicKey: Uint8Array
    readonly sequence: bigint
    readonly signature: Uint8Array
  }[]
  readonly fee: { readonly amount: bigint; readonly denom: string; readonly gasLimit: bigint }
  readonly bodyBytes: Uint8Array
  readonly authInfoBytes: Uint8Array
}

const SECP256K1_URL = '/cosmos.crypto.secp256k1.PubKey'
const MAX_MESSAGES = 64
/** No block and no parameter admits more; so nothing larger is even looked at. */
const MAX_BYTES = 1_048_576

/**
 * Decodes TxRaw bytes; refuses every spelling but the canonical one and everything the protocol does not know. Its time is
 * bounded: by the bytes, by the fields of all messages together, and by their depth.
 */
export function decodeTx(bytes: Uint8Array): Tx {
  if (bytes.length > MAX_BYTES) throw txError('TX_TOO_LARGE', { size: bytes.length, limit: MAX_BYTES })
  const budget = newBudget()
  const raw = decodeCanonical(TxRawSchema, bytes, budget)
  const body = decodeCanonical(TxBodySchema, raw.bodyBytes, budget)
  const authInfo = decodeCanonical(AuthInfoSchema, raw.authInfoBytes, budget)
  if (body.messages.length === 0) throw invalid('it has no message')
  if (body.messages.length > MAX_MESSAGES)
    throw invalid(`it has ${body.messages.length} messages, at most ${MAX_MESSAGES}`)
  if (body.extensionOptions.length + body.nonCriticalExtensionOptions.length > 0)
    throw invalid('extension options are not supported')
  if (authInfo.tip !== undefined) throw invalid('tips are not supported')
  if (authInfo.signerInfos.length !== raw.signatures.length) {
    throw invalid(`it names ${authInfo.signerInfos.length} signers but carries ${raw.signatures.length} signatures`)
  }
  const signers = authInfo.signerInfos.map((info, i) => ({
    publicKey: publicKeyOfSigner(info, budget),
    sequence: info.sequence,
    signature: raw.signatures[i] ?? new Uint8Array(),
  }))
  return {
    messages: body.messages.map(({ typeUrl, value }) => decodeMessage(typeUrl, value, budget)),
    memo: body.memo,
    timeoutHeight: body.timeoutHeight,
    signers,
    fee: feeOf(authInfo.fee),
    bodyBytes: raw.bodyBytes,
    authInfoBytes: raw.authInfoBytes,
  }
}

function publicKeyOfSigner(info: SignerInfo, budget: FieldBudget): Uint8Array {
  const sum = info.modeInfo?.sum
  if (sum?.case !== 'single' || sum.value.mode !== SignMode.DIRECT) throw invalid('only SIGN_MODE_DIRECT is supported')
  const any = info.publicKey
  if (any === undefined) throw txError('INVALID_PUBKEY', { reason: 'a signer has no public key' })
  if (any.typeUrl !== SECP256K1_URL) {
    throw txError('INVALID_PUBKEY', { reason: `only ${SECP256K1_URL} is supported, got ${any.typeUrl}` })
  }
  const { key } = decodeCanonical(PubKeySchema, any.value, budget)
  if (key.length !== 33) throw txError('INVALID_PUBKEY', { reason: `a compressed key has 33 bytes, got ${key.length}` })
  return key
}

type WireFee = {
  amount: readonly { denom: string; amount: string }[]
  gasLimit: bigint
  payer: string
  granter: string
}

function feeOf(fee: WireFee | undefined): Tx['fee'] {
  if (fee === undefined) throw invalid('it has no fee')
  if (fee.payer !== '' || fee.granter !== '') throw invalid('fee payers and granters are not supported')
  if (fee.amount.length > 1) throw invalid(`a fee is one coin, got ${fee.amount.length}`)
  const [coin] = fee.amount
  const amount = parseAmount(coin?.amount ?? '0')
  if (typeof amount !== 'bigint') throw invalid(`the fee ${amount.fault}`)
  return { amount, denom: coin?.denom ?? 'uallo', gasLimit: fee.gasLimit }
}

function invalid(reason: string): Error {
  return txError('INVALID_TX', { reason })
}
