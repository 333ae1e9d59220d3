import { computeGas } from '@starling/protocol/modules/fees/gas'
import { StarlingError } from '../starlingError.ts'
import { bodyOf, type TxToSize, txSize } from './txSize.ts'

/** Gas and fee of a transaction. */
export type TxPrice = { readonly gasLimit: bigint; readonly fee: bigint }

const PRICE = /^([0-9]{1,40})(?:\.([0-9]{1,18}))?$/
/** Gas and fee together can lengthen a transaction by fewer bytes than this. */
const MOST_ROUNDS = 64

/**
 * The exact price of a transaction. Gas depends on the size, and the size on the digits of gas and fee: the smallest
 * price that pays for the transaction it stands in, found by going up from nothing.
 */
export function priceTx(tx: Omit<TxToSize, 'gasLimit' | 'fee'>, minGasPrice: string): TxPrice {
  const urls = tx.messages.map(({ typeUrl }) => typeUrl)
  let price: TxPrice = { gasLimit: 0n, fee: 0n }
  const body = bodyOf(tx)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const gasLimit = computeGas({ size: txSize(body, { ...tx, ...price }), signatures: 1, urls })
    if (gasLimit === price.gasLimit) return price
    price = { gasLimit, fee: feeOf(gasLimit, minGasPrice) }
  }
  // Size grows with gas and by a few bytes at most, so the steps upwards end.
  throw new Error(`no price was found in ${MOST_ROUNDS} rounds`)
}

/** ROUNDING: up, as the chain demands at least price × gas. */
function feeOf(gasLimit: bigint, minGasPrice: string): bigint {
  const [, whole, fraction = ''] = PRICE.exec(minGasPrice) ?? []
  if (whole === undefined) {
    throw new StarlingError('unavailable', `The chain names "${minGasPrice}" as its gas price, which is no decimal.`)
  }
  const scale = 10n ** BigInt(fraction.length)
  return (BigInt(whole + fraction) * gasLimit + scale - 1n) / scale
}
