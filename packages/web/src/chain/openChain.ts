import { createClient } from '@starling/sdk/createClient'
import { createRpc, type Rpc } from '@starling/sdk/http/createRpc'
import type { PinStore } from '@starling/sdk/proof/pins'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import type { Client } from '@starling/sdk/types'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { localPins } from './localPins.ts'
import type { NodeAddress } from './nodeAddress.ts'

/** The node that the page shows, and what is trusted of it. */
export type Chain = {
  readonly address: NodeAddress
  readonly client: Client
  readonly rpc: Rpc
  readonly pins: PinStore
}

const TIMEOUT_MS = 10_000

/** Opens a node. Everything that is proven is checked in this page, from the pin in this browser on. */
export function openChain(address: NodeAddress): Chain {
  const { url, rpc } = address
  const pins = localPins(localStorage)
  return {
    address,
    client: createClient({ url, rpc, timeoutMs: TIMEOUT_MS, trust: { pins } }),
    rpc: createRpc({ fetch: globalThis.fetch.bind(globalThis), timeoutMs: TIMEOUT_MS, url: rpc, flag: '--rpc' }),
    pins,
  }
}

/** What the page knows of the chain as time goes on. */
export type Live = {
  readonly chain: Chain
  /** Newest block that the page has heard of; undefined before the first. */
  readonly height: bigint | undefined
  /** The state under the newest verified header; undefined before the first. */
  readonly state: Snapshot | undefined
}

/** The chain for all that is drawn below. */
export const LiveContext: ReturnType<typeof createContext<Live | undefined>> = createContext<Live | undefined>(
  undefined,
)

/** The chain that the page shows. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === undefined) throw new Error('This is drawn outside a chain.')
  return live
}
