import { setTimeout as wait } from 'node:timers/promises'
import type { NetPlan } from './netPlan.ts'
import { portsOf } from './netPlan.ts'
import { type NodeState, readNodeState } from './readNodeState.ts'
import { type Relay, startRelay } from './relay.ts'

/** One address for a network: that of a node that is well. */
export type FailOver = {
  /** REST and RPC of the node that is used now. */
  readonly restUrl: string
  readonly rpcUrl: string
  close(): Promise<void>
}

const LOOK_MS = 1_000

/** Serves the first node, and another one from when it is not well; `say` is told which. */
export async function startFailOver(plan: NetPlan, say: (sentence: string) => void): Promise<FailOver> {
  let node: number | undefined = 1
  const portOf = (name: 'rest' | 'rpc') => (): number | undefined =>
    node === undefined ? undefined : portsOf(plan, node)[name]
  const relays: readonly [Relay, Relay] = [await startRelay(portOf('rest')), await startRelay(portOf('rpc'))]
  const closing = new AbortController()
  const watching = watch(plan, closing.signal, (found) => {
    if (found === node) return
    node = found
    for (const relay of relays) relay.drop()
    say(
      found === undefined
        ? 'No node is well: models and reputers wait.'
        : `Models and reputers talk to node ${found} from now on.`,
    )
  })
  const [rest, rpc] = relays
  return {
    restUrl: rest.url,
    rpcUrl: rpc.url,
    async close() {
      closing.abort()
      await Promise.all([watching, ...relays.map((relay) => relay.close())])
    },
  }
}

/** Looks every second whether the node in use is well, and for another where it is not. */
async function watch(plan: NetPlan, stop: AbortSignal, use: (node: number | undefined) => void): Promise<void> {
  let used: number | undefined = 1
  while (!stop.aborted) {
    used = await findWell(plan, used)
    if (stop.aborted) return
    use(used)
    await wait(LOOK_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}

async function findWell(plan: NetPlan, used: number | undefined): Promise<number | undefined> {
  const others = plan.ports.map((_, i) => i + 1).filter((node) => node !== used)
  for (const node of used === undefined ? others : [used, ...others]) {
    if (isWell(plan, await readNodeState(portsOf(plan, node)))) return node
  }
  return undefined
}

/** Both processes answer, of this chain, at its newest block. */
export function isWell({ chainId: wanted }: Pick<NetPlan, 'chainId'>, state: NodeState): boolean {
  const { chainId, height, catchingUp } = state
  return chainId === wanted && height !== undefined && height > 0 && catchingUp === false
}
