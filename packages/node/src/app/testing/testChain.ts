import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import { publicKeyOf } from '@starling/protocol/crypto/secp256k1'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { encodeTx, type MessageToSend, type TxToSign } from '@starling/protocol/tx/encodeTx'
import type { MultiStore } from '../../store/multiStore.ts'
import { openMemoryStore } from '../../store/openMemoryStore.ts'
import type { Application, BlockResult } from '../application.ts'
import { createApplication } from '../createApplication.ts'
import type { GenesisState } from '../genesis.ts'
import { storeNames } from '../storeNames.ts'

/** A key made from a name, for tests. */
export type TestActor = { readonly address: string; readonly privateKey: Uint8Array; readonly publicKey: Uint8Array }

/** A chain in memory that tests drive block by block. */
export type TestChain = {
  readonly application: Application
  readonly stores: MultiStore
  /** What it began with. */
  readonly genesis: GenesisState
  /** The transactions of each block so far. */
  readonly blocks: readonly (readonly Uint8Array[])[]
  /** Signs with the fields of a good transaction, some of them replaced. */
  sign(actor: TestActor, messages: readonly MessageToSend[], replaced?: Partial<TxToSign>): Uint8Array
  /** Makes a block of these transactions. */
  block(...txs: readonly Uint8Array[]): BlockResult
}

/** The chain id of every test chain. */
export const CHAIN_ID = 'starling-test-1'
const GAS_LIMIT = 1_000_000n

/** The actor of a name. */
export function testActor(name: string): TestActor {
  const privateKey = sha256(toUtf8(name))
  const publicKey = publicKeyOf(privateKey)
  return { privateKey, publicKey, address: addressOfPublicKey(publicKey) }
}

/** A chain whose actors own `amount` uallo each; account numbers follow the order of the list. */
export function openTestChain(
  actors: readonly TestActor[],
  amount: bigint = 10n ** 18n,
  genesis: Omit<GenesisState, 'balances'> = {},
  stores: MultiStore = openMemoryStore(storeNames),
): TestChain {
  const application = createApplication({ stores, chainId: CHAIN_ID })
  const balances = actors.map(({ address }) => ({ address, amount: amount.toString() }))
  const appState = { balances, ...genesis }
  application.initChain({ chainId: CHAIN_ID, appState })
  const blocks: (readonly Uint8Array[])[] = []
  return {
    application,
    stores,
    genesis: appState,
    blocks,
    sign: ({ address, privateKey, publicKey }, messages, replaced = {}) =>
      encodeTx({
        messages,
        privateKey,
        ...(replaced.privateKey === undefined ? { publicKey } : {}),
        chainId: CHAIN_ID,
        accountNumber: BigInt(actors.findIndex((actor) => actor.address === address)),
        sequence: 0n,
        gasLimit: GAS_LIMIT,
        fee: GAS_LIMIT * 10n,
        ...replaced,
      }),
    block(...txs) {
      blocks.push(txs)
      const height = BigInt(blocks.length)
      const result = application.finalizeBlock({ height, timeMs: height * 1000n, txs })
      application.commit()
      return result
    },
  }
}
