import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import { type ModuleAccount, moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { mintKeys } from '@starling/protocol/modules/mint/keys'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import type { Snapshot, VerifiedAt } from '@starling/sdk/proof/snapshot'
import { StarlingError } from '@starling/sdk/starlingError'

/** What a module's account holds. */
export type Holding = { readonly name: ModuleAccount; readonly address: string; readonly uallo: bigint }

/** Where all coins come from and where they are, each number proven against one header. In uallo. */
export type Supply = {
  readonly at: VerifiedAt
  readonly genesis: bigint
  readonly minted: bigint
  readonly burned: bigint
  readonly supply: bigint
  readonly holdings: readonly Holding[]
  /** Everything that no module holds. */
  readonly others: bigint
  /** What the last calculation lets each block bring. */
  readonly perBlock: bigint
}

/** Reads the supply with proofs. */
export async function readSupply(state: Snapshot): Promise<Supply> {
  const amount = async (store: string, key: Uint8Array): Promise<bigint> => toAmount(await state.read(store, key))
  const line = (name: Parameters<typeof bankKeys.ledger>[0]): Promise<bigint> => amount('bank', bankKeys.ledger(name))
  const accounts = Object.entries(moduleAddresses) as readonly (readonly [ModuleAccount, string])[]
  const [supply, genesis, minted, burned, perBlock, holdings] = await Promise.all([
    amount('bank', bankKeys.supply('uallo')),
    line('genesis'),
    line('minted'),
    line('burned'),
    amount('mint', mintKeys.previousBlockEmission()),
    Promise.all(accounts.map(async ([name, address]) => ({ name, address, uallo: await state.balance(address) }))),
  ])
  const held = holdings.reduce((sum, { uallo }) => sum + uallo, 0n)
  return { at: state.at, genesis, minted, burned, supply, holdings, others: supply - held, perBlock }
}

function toAmount(bytes: Uint8Array | undefined): bigint {
  if (bytes === undefined) return 0n
  const amount = parseAmount(fromUtf8(bytes))
  if (typeof amount === 'bigint') return amount
  throw new StarlingError('unavailable', `An amount of the chain ${amount.fault}; this page is of another version.`)
}
