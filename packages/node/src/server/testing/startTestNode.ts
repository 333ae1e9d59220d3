import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { createApplication } from '../../app/createApplication.ts'
import { storeNames } from '../../app/storeNames.ts'
import { openTestChain, type TestActor } from '../../app/testing/testChain.ts'
import { createLocalEngine, type LocalEngine } from '../../engine/local/localEngine.ts'
import { openBlockStore } from '../../engine/local/openBlockStore.ts'
import { openMemoryStore } from '../../store/openMemoryStore.ts'
import { createLog } from '../createLog.ts'
import { type ServerOptions, type Servers, startServers } from '../startServers.ts'

/** A node in memory with all its servers on free ports. */
export type TestNode = Servers & {
  readonly engine: LocalEngine
  /** A signed transfer of 1 uallo. */
  readonly pay: (from: TestActor, to: TestActor, sequence: bigint, memo?: string) => Uint8Array
}

const chainId = 'starling-test-1'

/** Starts a node whose actors own 10^18 uallo each; it makes blocks when the test says so. */
export async function startTestNode(
  actors: readonly TestActor[],
  options: Partial<ServerOptions> = {},
): Promise<TestNode> {
  const application = createApplication({ stores: openMemoryStore(storeNames), chainId })
  const balances = actors.map(({ address }) => ({ address, amount: '1000000000000000000' }))
  const engine = createLocalEngine({
    application,
    blockStore: openBlockStore({ chainId }),
    chainId,
    genesis: { appState: { balances }, timeMs: 1_700_000_000_000n },
    clock: () => 0n,
  })
  const { sign } = openTestChain(actors)
  const anyPorts = { restPort: 0, rpcPort: 0, metricsPort: 0 }
  const servers = await startServers({ engine, application, ...anyPorts, log: createLog('silent'), ...options })
  return {
    ...servers,
    engine,
    pay(from, to, sequence, memo = '') {
      const amount = [{ denom: 'uallo', amount: '1' }]
      const value = { fromAddress: from.address, toAddress: to.address, amount }
      const message: MessageToSend = { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }
      return sign(from, [message], { sequence, memo })
    },
    async close() {
      await servers.close()
      engine.close()
    },
  }
}
