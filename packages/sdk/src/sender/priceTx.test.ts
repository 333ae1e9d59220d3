import { computeGas } from '@starling/protocol/modules/fees/gas'
import { encodeTx, type MessageToSend } from '@starling/protocol/tx/encodeTx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StarlingError } from '../starlingError.ts'
import { walletFromSeed } from '../wallet/walletFromSeed.ts'
import { priceTx } from './priceTx.ts'
import { bodyOf, txSize } from './txSize.ts'

const { address, privateKey } = walletFromSeed('1', 'payer')
const send = (amount: bigint): MessageToSend => ({
  typeUrl: '/cosmos.bank.v1beta1.MsgSend',
  value: { fromAddress: address, toAddress: address, amount: [{ denom: 'uallo', amount: amount.toString() }] },
})
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })
const txs = fc.record({
  messages: fc.array(fc.bigInt({ min: 1n, max: 10n ** 30n }).map(send), { minLength: 1, maxLength: 3 }),
  memo: fc.string({ maxLength: 200 }),
  sequence: uint64,
  timeoutHeight: uint64,
})

describe('price of a transaction', () => {
  it('knows the size of what encodeTx makes', () => {
    fc.assert(
      fc.property(txs, uint64, uint64, (tx, gasLimit, fee) => {
        const signed = encodeTx({ ...tx, gasLimit, fee, privateKey, chainId: 'c', accountNumber: 1n })
        expect(txSize(bodyOf(tx), { ...tx, gasLimit, fee })).toBe(signed.length)
      }),
      { numRuns: 100 },
    )
  })

  it('is exactly the gas of the final transaction times the price, rounded up', () => {
    fc.assert(
      fc.property(txs, fc.constantFrom('0', '10', '0.035', '1.000000000000000001', '250000000'), (tx, price) => {
        const { gasLimit, fee } = priceTx(tx, price)
        const { length } = encodeTx({ ...tx, gasLimit, fee, privateKey, chainId: 'c', accountNumber: 1n })
        const urls = tx.messages.map(({ typeUrl }) => typeUrl)
        expect(gasLimit).toBe(computeGas({ size: length, signatures: 1, urls }))
        const [whole = '', fraction = ''] = price.split('.')
        const scaled = BigInt(whole + fraction) * gasLimit
        const scale = 10n ** BigInt(fraction.length)
        expect(fee * scale >= scaled && (fee - 1n) * scale < scaled).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('refuses a message that cannot be encoded and a price that is none, with the reason', () => {
    const tx = { sequence: 0n, timeoutHeight: 0n }
    const bad = {
      typeUrl: '/emissions.v10.FundTopicRequest',
      value: { sender: address, topicId: 2n ** 70n, amount: '1' },
    }
    expect(() => priceTx({ ...tx, messages: [bad as MessageToSend] }, '10')).toThrow(
      /FundTopicRequest cannot be encoded/,
    )
    const unknown = { typeUrl: '/cosmos.bank.v1beta1.MsgSendAll', value: {} }
    expect(() => priceTx({ ...tx, messages: [unknown as unknown as MessageToSend] }, '10')).toThrow(/no message of the/)
    expect(() => priceTx({ ...tx, messages: [send(1n)] }, 'ten')).toThrow(StarlingError)
  })
})
