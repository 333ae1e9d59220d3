import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { formatAddress } from '@starling/protocol/crypto/address'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { GetLedgerRequestSchema, GetLedgerResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../../app/testing/askQuery.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { openTestChain, testActor } from '../../app/testing/testChain.ts'
import { getLedger } from './ledger.ts'
import { listBalances, setBalance } from './view.ts'

const ledger = [GetLedgerRequestSchema, GetLedgerResponseSchema] as const

describe('GetLedger', () => {
  it('supply = genesis + minted − burned = the sum of all balances', () => {
    const { chain, state } = openSettledNetwork()
    const { genesis, minted, burned, supply, balances } = askQuery(chain.application, ledger)
    const lines = getLedger(state)
    expect([genesis, minted, burned, supply].map(BigInt)).toEqual([
      lines.genesis,
      lines.minted,
      lines.burned,
      lines.supply,
    ])
    expect(BigInt(minted)).toBeGreaterThan(0n)
    expect(BigInt(supply)).toBe(BigInt(genesis) + BigInt(minted) - BigInt(burned))
    expect(BigInt(balances)).toBe(BigInt(supply))
    expect(BigInt(balances)).toBe([...listBalances(state)].reduce((sum, { amount }) => sum + amount, 0n))
  })

  it('sums 20,000 balances and refuses more, as that would hold the node up', () => {
    const { application, stores } = openTestChain([testActor('alice')], 1n)
    const fund = (from: number, to: number): void => {
      for (let i = from; i < to; i++) setBalance(stores, formatAddress(sha256(toUtf8(`holder ${i}`)).slice(0, 20)), 2n)
    }
    fund(0, 19_999)
    stores.commit(1n)
    expect(askQuery(application, ledger).balances).toBe('39999')
    fund(19_999, 20_000)
    stores.commit(2n)
    expect(() => askQuery(application, ledger)).toThrow('FailedPrecondition desc = there are more than 20000 balances')
  })
})
