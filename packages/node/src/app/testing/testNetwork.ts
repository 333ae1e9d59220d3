import type { JsonObject } from '@bufbuild/protobuf'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { getAccount } from '../../modules/auth/view.ts'
import type { MultiStore } from '../../store/multiStore.ts'
import type { BlockResult } from '../application.ts'
import { useNativeSecp256k1 } from '../useNativeSecp256k1.ts'
import { checkInvariants } from './checkInvariants.ts'
import { openTestChain, type TestActor, type TestChain, testActor } from './testChain.ts'

/** A chain with actors whose sequences are kept, and whose invariants are checked after every block. */
export type TestNetwork = {
  readonly chain: TestChain
  readonly height: () => bigint
  /** Makes a block; each entry is one transaction of one actor. */
  block(...txs: readonly (readonly [TestActor, ...MessageToSend[]])[]): BlockResult
  /** The same, but every transaction must be done. */
  mustBlock(...txs: readonly (readonly [TestActor, ...MessageToSend[]])[]): BlockResult
  /** Makes empty blocks until this height stands. */
  mineTo(height: bigint): void
}

/** Actors named `prefix1`, `prefix2`, … in ascending order of their addresses. */
export function testActors(prefix: string, count: number): readonly TestActor[] {
  return Array.from({ length: count }, (_, i) => testActor(`${prefix}${i + 1}`)).toSorted((a, b) =>
    a.address < b.address ? -1 : 1,
  )
}

/** What a network may begin with in place of the devnet's preset. */
export type TestGenesis = {
  /** Parameters that differ from the devnet's, as proto JSON. */
  readonly params?: JsonObject
  readonly admins?: readonly TestActor[]
  readonly emissionEnabled?: boolean
  /** Where the state lives in place of memory. */
  readonly stores?: MultiStore
}

/** Opens a network with visible rewards whose actors own 10^24 uallo each. */
export function openTestNetwork(actors: readonly TestActor[], genesis: TestGenesis = {}): TestNetwork {
  // Same acceptance set and signatures as the portable library, and faster.
  useNativeSecp256k1()
  const state = {
    params: { ...devnetGenesis.params, ...genesis.params },
    mint: { params: { ...devnetGenesis.mint.params, emissionEnabled: genesis.emissionEnabled ?? true } },
    admins: (genesis.admins ?? []).map(({ address }) => address),
  }
  const chain = openTestChain(actors, 10n ** 24n, state, genesis.stores)
  let height = 0n
  const block: TestNetwork['block'] = (...txs) => {
    const next = new Map<string, bigint>()
    const signed = txs.map(([actor, ...messages]) => {
      const { address } = actor
      const sequence = next.get(address) ?? getAccount(chain.stores, address)?.sequence ?? 0n
      next.set(address, sequence + 1n)
      return chain.sign(actor, messages, { sequence })
    })
    const result = chain.block(...signed)
    height += 1n
    checkInvariants(chain.stores)
    return result
  }
  return {
    chain,
    height: () => height,
    block,
    mustBlock(...txs) {
      const result = block(...txs)
      for (const { code, log } of result.txResults) if (code !== 0) throw new Error(log)
      return result
    },
    mineTo(target) {
      while (height < target) block()
    },
  }
}
