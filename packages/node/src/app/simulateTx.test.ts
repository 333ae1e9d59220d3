import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  SimulateRequestSchema,
  type SimulateResponse,
  SimulateResponseSchema,
} from '@starling/protocol/gen/cosmos/tx/v1beta1/service_pb'
import { AuthInfoSchema, TxRawSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { expect, test } from 'vitest'
import { getBalance } from '../modules/bank/view.ts'
import type { QueryResult } from './application.ts'
import { openTestChain, testActor } from './testing/testChain.ts'

const alice = testActor('alice')
const bob = testActor('bob')
const path = '/cosmos.tx.v1beta1.Service/Simulate'

const pay = (amount: string) => ({
  typeUrl: '/cosmos.bank.v1beta1.MsgSend' as const,
  value: { fromAddress: alice.address, toAddress: bob.address, amount: [{ denom: 'uallo', amount }] },
})

function open() {
  const chain = openTestChain([alice, bob])
  chain.block()
  const simulate = (txBytes: Uint8Array): QueryResult => {
    const data = toBinary(SimulateRequestSchema, create(SimulateRequestSchema, { txBytes }))
    return chain.application.query({ path, data, height: 0n, prove: false })
  }
  const gasOf = (txBytes: Uint8Array): bigint | undefined => {
    const answer: SimulateResponse = fromBinary(SimulateResponseSchema, simulate(txBytes).value)
    return answer.gasInfo?.gasUsed
  }
  return { ...chain, simulate, gasOf }
}

/** As clients simulate: no signature, no mode, no fee. */
function unsigned(tx: Uint8Array): Uint8Array {
  const raw = fromBinary(TxRawSchema, tx)
  const authInfo = fromBinary(AuthInfoSchema, raw.authInfoBytes)
  const signerInfos = authInfo.signerInfos.map(({ publicKey, sequence }) => ({ publicKey, sequence }))
  const bare = create(AuthInfoSchema, { fee: {}, signerInfos })
  return toBinary(TxRawSchema, {
    ...raw,
    authInfoBytes: toBinary(AuthInfoSchema, bare),
    signatures: [new Uint8Array()],
  })
}

test('SPEC wire 3.6 a simulation needs no signature, mode or fee, and uses the gas that the transaction will', () => {
  const { sign, gasOf, block } = open()
  const replaced = { gasLimit: 250_000n, fee: 2_500_000n }
  const tx = sign(alice, [pay('5')], replaced)
  const used = gasOf(unsigned(tx))
  expect(used).toBe(gasOf(tx))
  expect(block(tx).txResults[0]).toMatchObject({ code: 0, gasUsed: used })
})

test('nothing of a simulation stays', () => {
  const { sign, gasOf, stores, application } = open()
  const tx = sign(alice, [pay('5')])
  gasOf(tx)
  expect(getBalance(stores, bob.address)).toBe(10n ** 18n)
  expect(application.checkTx(tx, 'new').code).toBe(0)
})

test('it runs on top of the transactions that wait', () => {
  const { sign, simulate, application } = open()
  const next = sign(alice, [pay('1')], { sequence: 1n })
  expect(simulate(next).log).toMatch(/expected 0, got 1/)
  application.checkTx(sign(alice, [pay('1')]), 'new')
  expect(simulate(next).code).toBe(0)
})

test('a refusal names what the transaction would meet', () => {
  const { sign, simulate } = open()
  expect(simulate(sign(alice, [pay(`${10n ** 19n}`)]))).toMatchObject({
    code: 18,
    codespace: 'sdk',
    value: new Uint8Array(),
  })
  expect(simulate(sign(alice, [pay(`${10n ** 19n}`)])).log).toMatch(/insufficient funds \(codespace sdk, code 5\)$/)
  expect(simulate(Uint8Array.of(255)).log).toMatch(/code = InvalidArgument desc = tx_bytes are no transaction/)
  expect(simulate(new Uint8Array()).log).toMatch(/has no message|no signature/)
})
