import { type ClientOptions, createClient } from '../createClient.ts'
import type { Client } from '../types.ts'
import { createFakeChain } from './fakeChain.ts'
import { type FakeNode, startFakeNode } from './fakeNode.ts'

/** What a test opens, closed in the opposite order. */
export interface TestBench {
  node(): Promise<FakeNode>
  client(node: Pick<FakeNode, 'url' | 'rpc'>, options?: ClientOptions): Client
  /** Closes something of the test's own too. */
  owns(close: () => Promise<void>): void
  close(): Promise<void>
}

/** An empty bench; its clients are impatient. */
export function createTestBench(): TestBench {
  const open: (() => Promise<void>)[] = []
  return {
    async node() {
      const node = await startFakeNode(createFakeChain())
      open.push(node.close)
      return node
    },
    client({ url, rpc }, options = {}) {
      const pace = { reconnectMs: 1, reconnectMaxMs: 4, ...options.pace }
      const client = createClient({ url, rpc, ...options, pace })
      open.push(client.close)
      return client
    },
    owns: (close) => void open.push(close),
    async close() {
      for (const close of open.splice(0).reverse()) await close()
    },
  }
}
