import { at } from '@starling/sdk/http/json'
import { askJson } from './askJson.ts'
import { LOOPBACK } from './freePorts.ts'
import type { NodePorts } from './netPlan.ts'

/** What the two processes of a node say of themselves; undefined is what nobody answered. */
export type NodeState = {
  readonly chainId: string | undefined
  /** Newest block whose state the application has, and the hash of that state in upper-case hexadecimal. */
  readonly height: number | undefined
  readonly appHash: string | undefined
  /** Newest block of CometBFT's, with its hash. */
  readonly block: { readonly height: number; readonly hash: string } | undefined
  readonly catchingUp: boolean | undefined
  readonly peers: number | undefined
}

/** Asks both processes of a node. */
export async function readNodeState({ rest, rpc }: Pick<NodePorts, 'rest' | 'rpc'>): Promise<NodeState> {
  const [application, engine, peers] = await Promise.all([
    askJson(`http://${LOOPBACK}:${rest}/cosmos/base/node/v1beta1/status`),
    askJson(`http://${LOOPBACK}:${rpc}/status`),
    askJson(`http://${LOOPBACK}:${rpc}/net_info`),
  ])
  const sync = at(engine, 'result', 'sync_info')
  const network = at(engine, 'result', 'node_info', 'network')
  const appHash = at(application, 'app_hash')
  const blockHeight = whole(at(sync, 'latest_block_height'))
  const blockHash = at(sync, 'latest_block_hash')
  const catchingUp = at(sync, 'catching_up')
  return {
    chainId: typeof network === 'string' ? network : undefined,
    height: whole(at(application, 'height')),
    appHash: typeof appHash === 'string' ? Buffer.from(appHash, 'base64').toString('hex').toUpperCase() : undefined,
    block:
      blockHeight !== undefined && typeof blockHash === 'string' && blockHash !== ''
        ? { height: blockHeight, hash: blockHash }
        : undefined,
    catchingUp: typeof catchingUp === 'boolean' ? catchingUp : undefined,
    peers: whole(at(peers, 'result', 'n_peers')),
  }
}

function whole(value: unknown): number | undefined {
  return typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : undefined
}
