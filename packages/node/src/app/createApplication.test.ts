import { fromBinary } from '@bufbuild/protobuf'
import { toHex } from '@starling/protocol/bytes/hex'
import { TxMsgDataSchema } from '@starling/protocol/gen/cosmos/base/abci/v1beta1/abci_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getAccount } from '../modules/auth/view.ts'
import { getBalance, getSupply, listBalances } from '../modules/bank/view.ts'
import { openTestChain, type TestActor, testActor } from './testing/testChain.ts'

const FEE = 10_000_000n
const FUNDS = 10n ** 18n
const alice = testActor('alice')
const bob = testActor('bob')
const carol = testActor('carol')

function sending(from: TestActor, to: string, amount: string, denom = 'uallo'): MessageToSend {
  const value = { fromAddress: from.address, toAddress: to, amount: [{ denom, amount }] }
  return { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }
}

describe('a transaction', () => {
  it('moves coins, pays its fee and moves the sequence', () => {
    const chain = openTestChain([alice, bob])
    const { txResults } = chain.block(chain.sign(alice, [sending(alice, carol.address, '700')]))
    expect(txResults[0]).toMatchObject({ code: 0, log: '', gasWanted: 1_000_000n })
    const { msgResponses } = fromBinary(TxMsgDataSchema, txResults[0]?.data ?? new Uint8Array())
    expect(msgResponses.map(({ typeUrl }) => typeUrl)).toEqual(['/cosmos.bank.v1beta1.MsgSendResponse'])
    expect(getBalance(chain.stores, alice.address)).toBe(FUNDS - FEE - 700n)
    expect(getBalance(chain.stores, carol.address)).toBe(700n)
    expect(getBalance(chain.stores, moduleAddresses.fee_collector)).toBe(FEE)
    expect(getAccount(chain.stores, alice.address)?.sequence).toBe(1n)
    expect(getAccount(chain.stores, carol.address)?.accountNumber).toBeGreaterThan(1n)
  })

  it('ADV-06 whose second message fails takes the first back, and still pays', () => {
    const chain = openTestChain([alice, bob])
    const messages = [sending(alice, bob.address, '5'), sending(alice, bob.address, (2n * FUNDS).toString())]
    const { txResults } = chain.block(chain.sign(alice, messages))
    expect(txResults[0]).toMatchObject({ code: 5, codespace: 'sdk' })
    expect(txResults[0]?.log).toContain('insufficient funds')
    const paid = ['coin_spent', 'coin_received', 'transfer', 'tx', 'tx']
    expect(txResults[0]?.events.map(({ type }) => type)).toEqual(paid)
    expect(getBalance(chain.stores, bob.address)).toBe(FUNDS)
    expect(getBalance(chain.stores, alice.address)).toBe(FUNDS - FEE)
    expect(getAccount(chain.stores, alice.address)?.sequence).toBe(1n)
  })

  it('carries the events that tooling reads', () => {
    const chain = openTestChain([alice, bob])
    const { txResults } = chain.block(chain.sign(alice, [sending(alice, bob.address, '5')]))
    const events = txResults[0]?.events ?? []
    expect(events.map(({ type }) => type)).toEqual([
      ...['coin_spent', 'coin_received', 'transfer', 'tx', 'tx'],
      ...['message', 'coin_spent', 'coin_received', 'transfer'],
    ])
    expect(events.at(-1)?.attributes.at(-1)).toEqual({ key: 'msg_index', value: '0', index: true })
  })
})

describe('the ante refuses, and changes nothing', () => {
  const cases: [string, string, number, RegExp, (chain: ReturnType<typeof openTestChain>) => Uint8Array][] = [
    ['bytes that are no transaction', 'sdk', 2, /tx parse error/, () => Uint8Array.of(1, 2, 3)],
    ['a wrong sequence', 'sdk', 32, /expected 0, got 7/, (c) => c.sign(alice, [pay], { sequence: 7n })],
    ['another chain id', 'sdk', 4, /chain-id \(starling-test-1\)/, (c) => c.sign(alice, [pay], { chainId: 'other' })],
    ['another account number', 'sdk', 4, /account number \(0\)/, (c) => c.sign(alice, [pay], { accountNumber: 9n })],
    ['another key', 'sdk', 8, /another address/, (c) => c.sign(alice, [pay], { privateKey: bob.privateKey })],
    [
      'an account without coins',
      'sdk',
      9,
      /send it coins first/,
      (c) => c.sign(carol, [fromCarol], { accountNumber: 0n }),
    ],
    ['a fee that is too low', 'sdk', 13, /required: 10000000uallo/, (c) => c.sign(alice, [pay], { fee: 1n })],
    ['a fee above the balance', 'sdk', 5, /insufficient funds/, (c) => c.sign(alice, [pay], { fee: 2n * FUNDS })],
    ['too little gas', 'sdk', 11, /out of gas/, (c) => c.sign(alice, [pay], { gasLimit: 1n })],
    ['too much gas', 'sdk', 18, /above the largest/, (c) => c.sign(alice, [pay], { gasLimit: 10n ** 12n })],
    ['a memo that is too long', 'sdk', 12, /at most 256/, (c) => c.sign(alice, [pay], { memo: 'x'.repeat(257) })],
    ['two senders', 'sdk', 2, /signed by one account/, (c) => c.sign(alice, [pay, sending(bob, alice.address, '1')])],
  ]
  const pay = sending(alice, bob.address, '1')
  const fromCarol = sending(carol, bob.address, '1')

  it.each(cases)('%s', (_name, codespace, code, log, make) => {
    const chain = openTestChain([alice, bob])
    const tx = make(chain)
    for (const result of [chain.application.checkTx(tx, 'new'), chain.block(tx).txResults[0]]) {
      expect(result).toMatchObject({ codespace, code })
      expect(result?.log).toMatch(log)
    }
    expect([...listBalances(chain.stores)].map(({ amount }) => amount)).toEqual([FUNDS, FUNDS])
    expect(getAccount(chain.stores, alice.address)?.sequence).toBe(0n)
  })

  it('a timeout height that has passed', () => {
    const chain = openTestChain([alice, bob])
    const tx = chain.sign(alice, [pay], { timeoutHeight: 1n })
    expect(chain.application.checkTx(tx, 'new').code).toBe(0)
    chain.block()
    expect(chain.block(tx).txResults[0]).toMatchObject({
      code: 30,
      log: 'tx timed out: timeout height 1, block height 2',
    })
  })
})

describe('a message is refused', () => {
  it.each([
    ['to a module account', sending(alice, moduleAddresses.allorastaking, '1'), 'bank', 8],
    ['of another coin', sending(alice, bob.address, '1', 'uatom'), 'bank', 5],
    ['of nothing', sending(alice, bob.address, '0'), 'sdk', 18],
    ['of less than nothing', sending(alice, bob.address, '-1'), 'sdk', 18],
    ['of 10,000 digits', sending(alice, bob.address, '9'.repeat(10_000)), 'sdk', 18],
    ['to what is no address', sending(alice, 'bob', '1'), 'sdk', 7],
  ])('%s', (_name, message, codespace, code) => {
    const chain = openTestChain([alice, bob])
    expect(chain.block(chain.sign(alice, [message])).txResults[0]).toMatchObject({ codespace, code })
    expect(getBalance(chain.stores, bob.address)).toBe(FUNDS)
  })
})

describe('CheckTx', () => {
  it('sees the transactions it accepted before, and forgets them with the next block', () => {
    const chain = openTestChain([alice, bob])
    const pay = (sequence: bigint) => chain.sign(alice, [sending(alice, bob.address, '1')], { sequence })
    expect(chain.application.checkTx(pay(0n), 'new')).toMatchObject({ code: 0, sender: alice.address, sequence: 0n })
    expect(chain.application.checkTx(pay(1n), 'new')).toMatchObject({ code: 0, sequence: 1n })
    chain.block()
    expect(chain.application.checkTx(pay(1n), 'recheck').code).toBe(32)
    expect(chain.application.checkTx(pay(0n), 'recheck').code).toBe(0)
    expect(getBalance(chain.stores, bob.address)).toBe(FUNDS)
  })
})

describe('CheckTx of a transaction whose message fails', () => {
  it('leaves no trace: the sender mends it and sends it again with the same sequence', () => {
    const chain = openTestChain([alice, bob])
    const tooMuch = chain.sign(alice, [sending(alice, bob.address, (2n * FUNDS).toString())])
    expect(chain.application.checkTx(tooMuch, 'new')).toMatchObject({ codespace: 'sdk', code: 5 })
    expect(chain.application.checkTx(chain.sign(alice, [sending(alice, bob.address, '1')]), 'new').code).toBe(0)
  })
})

describe('the chain', () => {
  it('conserves every coin and gives the same app hash on a second node', () => {
    const actors = [alice, bob, carol]
    const payment = fc.record({
      from: fc.nat(2),
      to: fc.nat(2),
      amount: fc.bigInt({ min: 0n, max: 2n * FUNDS }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(payment, { maxLength: 3 }), { maxLength: 4 }), (blocks) => {
        const chains = [openTestChain(actors), openTestChain(actors)]
        for (const block of blocks) {
          const hashes = chains.map((chain) => {
            const next = new Map<string, bigint>()
            const txs = block.map(({ from, to, amount }) => {
              const sender = actors[from] ?? alice
              const sequence = next.get(sender.address) ?? getAccount(chain.stores, sender.address)?.sequence ?? 0n
              next.set(sender.address, sequence + 1n)
              return chain.sign(sender, [sending(sender, (actors[to] ?? bob).address, amount.toString())], { sequence })
            })
            return toHex(chain.block(...txs).appHash)
          })
          expect(hashes[0]).toBe(hashes[1])
        }
        for (const { stores } of chains) {
          const total = [...listBalances(stores)].reduce((sum, { amount }) => sum + amount, 0n)
          expect(total).toBe(3n * FUNDS)
          expect(getSupply(stores)).toBe(total)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('refuses a genesis of another chain and names what is wrong in one of its own', () => {
    const { application } = openTestChain([])
    expect(() => application.initChain({ chainId: 'other-1', appState: {} })).toThrow(/of chain "other-1"/)
    const of = (appState: unknown) => () => application.initChain({ chainId: 'starling-test-1', appState })
    expect(of({})).toThrow(/balances must be a list/)
    expect(of({ balances: [{ address: 'bob', amount: '1' }] })).toThrow(
      /balances\[0\]\.address must be an allo… address/,
    )
    expect(of({ balances: [{ address: bob.address, amount: -1 }] })).toThrow(/balances\[0\]\.amount must be a whole/)
    const twice = [bob, bob].map(({ address }) => ({ address, amount: '1' }))
    expect(of({ balances: twice })).toThrow(/balances\[1\]\.address must appear once/)
  })

  it('answers raw store queries at the newest height only', () => {
    const { application, block } = openTestChain([alice])
    block()
    const ask = (path: string, height = 0n) => application.query({ path, data: Uint8Array.of(0), height, prove: false })
    expect(ask('/store/bank/key')).toMatchObject({ code: 0, height: 1n })
    expect(ask('/store/none/key').code).toBe(6)
    expect(ask('/nonsense').code).toBe(6)
    expect(ask('/store/bank/key', 7n).code).toBe(26)
  })
})
