import { formatAddress } from '@starling/protocol/crypto/address'
import { type ModuleAccount, moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { AbciEvent } from '../../../app/application.ts'
import type { Context } from '../../../app/context.ts'
import type { MultiStore } from '../../../store/multiStore.ts'
import { openMemoryStore } from '../../../store/openMemoryStore.ts'
import { getBalance, getSupply, listBalances, setBalance, setSupply } from '../../bank/view.ts'
import { beginBlockMint } from '../beginBlock.ts'
import type { MintTerms } from '../mintTerms.ts'

/** A state with auth, bank and mint in which tests begin blocks. */
export type MintBench = {
  readonly state: MultiStore
  /** Begins the block of a height and returns its events. */
  begin(height: bigint, terms?: Partial<MintTerms>): readonly AbciEvent[]
  /** What a message of a block gets; its events are dropped. */
  contextAt(height: bigint): Context
  balanceOf(account: ModuleAccount): bigint
  /** Gives a module account coins that were there before. */
  fund(account: ModuleAccount, amount: bigint): void
  /** Throws unless the supply is the sum of all balances. */
  audit(): bigint
}

/** The terms of the reference's default parameters. */
export const defaultTerms: MintTerms = { validatorsShare: '0.25', blocksPerMonth: 864_000n }

/** An address that is made of one byte. */
export const addressOf = (byte: number): string => formatAddress(new Uint8Array(20).fill(byte))

/** Opens an empty state. */
export function openMintBench(): MintBench {
  const state = openMemoryStore(['auth', 'bank', 'mint'])
  const context = (height: bigint, events: AbciEvent[]): Context => ({
    state,
    chainId: 'starling-test-1',
    height,
    emit: (event) => events.push(event),
  })
  return {
    state,
    begin(height, terms = {}) {
      const events: AbciEvent[] = []
      beginBlockMint(context(height, events), { ...defaultTerms, ...terms })
      return events
    },
    contextAt: (height) => context(height, []),
    balanceOf: (account) => getBalance(state, moduleAddresses[account]),
    fund(account, amount) {
      setBalance(state, moduleAddresses[account], getBalance(state, moduleAddresses[account]) + amount)
      setSupply(state, getSupply(state) + amount)
    },
    audit() {
      const total = [...listBalances(state)].reduce((sum, { amount }) => sum + amount, 0n)
      if (total !== getSupply(state)) throw new Error(`balances are ${total}, the supply is ${getSupply(state)}`)
      return total
    },
  }
}
