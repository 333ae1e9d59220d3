import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { describe, expect, it } from 'vitest'
import { getAccount } from '../modules/auth/view.ts'
import { getLedger } from '../modules/bank/ledger.ts'
import { isAdmin } from '../modules/params/view.ts'
import { openMemoryStore } from '../store/openMemoryStore.ts'
import { applyGenesis } from './genesis.ts'
import { storeNames } from './storeNames.ts'
import { testActor } from './testing/testChain.ts'

const { address } = testActor('alice')
const bob = testActor('bob').address

function apply(genesis: unknown): ReturnType<typeof openMemoryStore> {
  const state = openMemoryStore(storeNames)
  applyGenesis(state, genesis)
  return state
}

describe('a genesis', () => {
  it('funds accounts in their order, names admins, and starts the ledger', () => {
    const balances = [
      { address: bob, amount: '7' },
      { address, amount: '0' },
    ]
    const state = apply({ balances, admins: [bob] })
    expect([bob, address].map((one) => getAccount(state, one)?.accountNumber)).toEqual([0n, 1n])
    expect(isAdmin(state, bob)).toBe(true)
    expect(isAdmin(state, address)).toBe(false)
    expect(getLedger(state)).toEqual({ genesis: 7n, minted: 0n, burned: 0n, supply: 7n })
  })

  it.each([
    ['nothing', null, /app_state must be an object, got null/],
    ['no balances', {}, /balances must be a list/],
    [
      'a balance below nothing',
      { balances: [{ address, amount: '-1' }] },
      /balances\[0\]\.amount must be a whole number/,
    ],
    ['a balance as a number', { balances: [{ address, amount: 5 }] }, /balances\[0\]\.amount must be a whole number/],
    [
      'more coins than the books can hold',
      { balances: [{ address, amount: `1${'0'.repeat(31)}` }] },
      /balances must be at most 10\^30/,
    ],
    [
      'coins of a module',
      { balances: [{ address: moduleAddresses.allorastaking, amount: '1' }] },
      /balances\[0\]\.address must not be a module account/,
    ],
    ['an admin that is no address', { balances: [], admins: ['alice'] }, /admins\[0\] must be an allo… address/],
    ['admins that are no list', { balances: [], admins: address }, /admins must be a list/],
    [
      'a gas price below nothing',
      { balances: [], fees: { minGasPrice: '-1' } },
      /fees\.minGasPrice must be a whole number/,
    ],
    ['an unknown parameter', { balances: [], params: { speed: 1 } }, /Genesis: .*speed/],
    [
      'a parameter out of its range',
      { balances: [], params: { blocksPerMonth: '0' } },
      /params\.blocks_per_month must be from 1/,
    ],
    [
      'a parameter that is no number',
      { balances: [], params: { betaEntropy: 'NaN' } },
      /params\.beta_entropy must be a decimal number/,
    ],
  ])('with %s is refused by its path, with what to do', (_name, genesis, message) => {
    expect(() => apply(genesis)).toThrow(message)
    expect(() => apply(genesis)).toThrow(/Correct the genesis file\.$/)
  })
})
