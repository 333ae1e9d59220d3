import { CliError } from '../cliError.ts'
import { freePorts, isFree, LOOPBACK } from './freePorts.ts'
import type { NodePorts } from './netPlan.ts'

/** Ports between the RPC ports of two nodes. */
const STRIDE = 10
/** Of a node's RPC port, where the metrics of its application are: node 1 has the usual 26660. */
const METRICS = 3

/**
 * Ports of so many nodes: REST counts up from `rest` by 1, RPC from `rpc` by 10, with the peers' port one below it and the
 * metrics three above. 0 takes free ones.
 */
export async function planPorts(
  nodes: number,
  { rest, rpc }: { readonly rest: number; readonly rpc: number },
): Promise<readonly NodePorts[]> {
  const free = [...(await freePorts((rest === 0 ? nodes : 0) + (rpc === 0 ? 3 * nodes : 0)))]
  const next = (): number => free.shift() ?? 0
  const ports = Array.from({ length: nodes }, (_, i): NodePorts => {
    const base = rpc + STRIDE * i
    const engine = rpc === 0 ? { rpc: next(), p2p: next(), metrics: next() } : undefined
    return {
      rest: rest === 0 ? next() : rest + i,
      ...(engine ?? { rpc: base, p2p: base - 1, metrics: base + METRICS }),
    }
  })
  const all = ports.flatMap((one) => Object.values(one))
  if (new Set(all).size === all.length && all.every((port) => port >= 1 && port <= 65_535)) return ports
  throw new CliError(
    2,
    `With --rest-port ${rest} and --rpc-port ${rpc} the ports of ${nodes} nodes overlap or leave 1 to 65535. Choose others.`,
  )
}

/** Throws a `CliError` that names the first port which another program has, and the flag that changes it. */
export async function checkPorts(ports: readonly NodePorts[]): Promise<void> {
  for (const [i, one] of ports.entries()) {
    for (const [name, port] of Object.entries(one)) {
      if (await isFree(port)) continue
      const flag = name === 'rest' ? '--rest-port' : '--rpc-port'
      throw new CliError(
        3,
        `Port ${port} on ${LOOPBACK}, for ${name} of node ${i + 1}, is taken by another program. Stop it, or choose other ports with ${flag} (0 takes free ones).`,
      )
    }
  }
}
