import { create, toBinary } from '@bufbuild/protobuf'
import { DirectSecp256k1Wallet, makeAuthInfoBytes, makeSignDoc, Registry } from '@cosmjs/proto-signing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOfPublicKey } from '../crypto/address.ts'
import { publicKeyOf, verifySecp256k1 } from '../crypto/secp256k1.ts'
import { ProtocolError } from '../errors.ts'
import { TxRawSchema } from '../gen/cosmos/tx/v1beta1/tx_pb.ts'
import { decodeTx } from './decodeTx.ts'
import { encodeTx, type MessageToSend, type TxToSign } from './encodeTx.ts'
import { signerOf } from './messages.ts'
import { signDigest } from './signDocument.ts'

const privateKey = new Uint8Array(32).fill(7)
const publicKey = publicKeyOf(privateKey)
const sender = addressOfPublicKey(publicKey)
const send: MessageToSend = {
  typeUrl: '/cosmos.bank.v1beta1.MsgSend',
  value: { fromAddress: sender, toAddress: sender, amount: [{ denom: 'uallo', amount: '12' }] },
}
const plain: TxToSign = {
  messages: [send],
  privateKey,
  chainId: 'starling-local-1',
  accountNumber: 3n,
  sequence: 5n,
  gasLimit: 200_000n,
  fee: 2_000_000n,
}

function refusal(bytes: Uint8Array): ProtocolError {
  try {
    decodeTx(bytes)
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
  throw new Error('the transaction was accepted')
}

describe('transactions', () => {
  it('decodes what it encodes, with a signature over the received bytes', () => {
    const tx = decodeTx(encodeTx({ ...plain, memo: 'hello', timeoutHeight: 99n }))
    const [message] = tx.messages
    expect(message && signerOf(message)).toBe(sender)
    expect(tx.memo).toBe('hello')
    expect(tx.timeoutHeight).toBe(99n)
    expect(tx.fee).toEqual({ amount: 2_000_000n, denom: 'uallo', gasLimit: 200_000n })
    const [signer] = tx.signers
    expect(signer?.sequence).toBe(5n)
    expect(signer?.publicKey).toEqual(publicKey)
    const digest = signDigest({ ...tx, chainId: plain.chainId, accountNumber: 3n })
    expect(verifySecp256k1(digest, signer?.signature ?? new Uint8Array(), publicKey)).toBe(true)
  })

  it('writes the same bytes as an existing Cosmos client', async () => {
    const wallet = await DirectSecp256k1Wallet.fromKey(privateKey, 'allo')
    const body = new Registry().encodeTxBody({
      messages: [{ typeUrl: '/cosmos.bank.v1beta1.MsgSend', value: send.value }],
    })
    const pubkey = {
      typeUrl: '/cosmos.crypto.secp256k1.PubKey',
      value: Uint8Array.from([10, 33, ...publicKey]),
    }
    const fee = [{ denom: 'uallo', amount: '2000000' }]
    const authInfo = makeAuthInfoBytes([{ pubkey, sequence: 5 }], fee, 200_000, undefined, undefined)
    const { signature } = await wallet.signDirect(sender, makeSignDoc(body, authInfo, plain.chainId, 3))
    const ours = decodeTx(encodeTx(plain))
    expect(ours.bodyBytes).toEqual(body)
    expect(ours.authInfoBytes).toEqual(authInfo)
    expect(Buffer.from(ours.signers[0]?.signature ?? []).toString('base64')).toBe(signature.signature)
  })

  it('refuses a second spelling: unknown fields, trailing bytes, padded lengths', () => {
    const bytes = encodeTx(plain)
    expect(refusal(Uint8Array.from([...bytes, 0x7a, 0x01, 0x00]))).toMatchObject({ codespace: 'sdk', number: 2 })
    expect(refusal(Uint8Array.from([...bytes, 0x0a, 0x00])).message).toContain('not canonically encoded')
    expect(refusal(bytes.subarray(0, bytes.length - 1))).toMatchObject({ codespace: 'sdk', number: 2 })
  })

  it('refuses unknown messages, no message, several signers’ signatures missing', () => {
    const { bodyBytes, authInfoBytes } = decodeTx(encodeTx(plain))
    const raw = (parts: { bodyBytes?: Uint8Array; signatures?: Uint8Array[] }) =>
      toBinary(
        TxRawSchema,
        create(TxRawSchema, { bodyBytes, authInfoBytes, signatures: [new Uint8Array(64)], ...parts }),
      )
    expect(refusal(raw({ bodyBytes: new Uint8Array() })).message).toBe('tx parse error: it has no message')
    expect(refusal(raw({ signatures: [] })).message).toContain('names 1 signers but carries 0 signatures')
    const unknown = Uint8Array.from([10, 6, 10, 4, ...new TextEncoder().encode('/a.B')])
    expect(refusal(raw({ bodyBytes: unknown }))).toMatchObject({ number: 6 })
  })

  it('never throws anything but a ProtocolError on mutated bytes', () => {
    const bytes = encodeTx(plain)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(bytes.length), (at, byte, cut) => {
        const mutated = bytes.slice(0, Math.max(cut, at + 1))
        mutated[at] = byte
        try {
          decodeTx(mutated)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
