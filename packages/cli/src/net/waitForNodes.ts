import { setTimeout as wait } from 'node:timers/promises'
import { CliError } from '../cliError.ts'
import { nodePaths } from './netPaths.ts'
import { type NetPlan, portsOf } from './netPlan.ts'
import { type NodeState, readNodeState } from './readNodeState.ts'

const LOOK_MS = 200

/**
 * Waits until each of these nodes has the state of a block of the network's chain, `height` or a later one. Rejects with a
 * `CliError` that says which has not within `patienceMs`; resolves early where `stop` aborts.
 */
export async function waitForNodes(
  { directory, plan, stop }: { readonly directory: string; readonly plan: NetPlan; readonly stop: AbortSignal },
  nodes: readonly number[],
  { height, patienceMs }: { readonly height: number; readonly patienceMs: number },
): Promise<void> {
  const end = Date.now() + patienceMs
  await Promise.all(
    nodes.map(async (node) => {
      while (!stop.aborted) {
        const state = await readNodeState(portsOf(plan, node))
        refuseOtherChain(plan, node, state)
        if (isThere(state, height)) return
        if (Date.now() >= end) throw tooLate(nodePaths(directory, node).home, node, patienceMs, state)
        await wait(LOOK_MS, undefined, { signal: stop }).catch(() => undefined)
      }
    }),
  )
}

function isThere({ height = 0, block, catchingUp }: NodeState, least: number): boolean {
  return height >= least && block !== undefined && catchingUp === false
}

function refuseOtherChain(plan: NetPlan, node: number, { chainId }: NodeState): void {
  if (chainId === undefined || chainId === plan.chainId) return
  throw new CliError(
    3,
    `Port ${portsOf(plan, node).rpc} is answered by a node of ${chainId}, not by node ${node} of ${plan.chainId}. Stop that node, or choose other ports with --rpc-port.`,
  )
}

function tooLate(home: string, node: number, patienceMs: number, { chainId, height, block }: NodeState): CliError {
  const seconds = Math.round(patienceMs / 1000)
  const silent = [...(height === undefined ? ['the application'] : []), ...(chainId === undefined ? ['CometBFT'] : [])]
  const what =
    silent.length > 0
      ? `${silent.join(' and ')} ${silent.length > 1 ? 'do' : 'does'} not answer`
      : `it is at block ${block?.height ?? 0}`
  return new CliError(
    3,
    `Node ${node} is not ready within ${seconds} s: ${what}. Its logs are app.log and engine.log in ${home}; "starling net logs ${node}" shows them.`,
  )
}
