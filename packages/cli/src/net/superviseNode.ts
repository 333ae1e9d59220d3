import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { LOOPBACK } from './freePorts.ts'
import { type Keeper, keepAlive } from './keepAlive.ts'
import { ABCI_SOCKET, nodePaths } from './netPaths.ts'
import { type NetPlan, portsOf } from './netPlan.ts'
import type { Role } from './role.ts'

/** The built command line, which a node's application is a process of. */
const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
const LOOK_MS = 100

/** What a node of the network is started from. */
export type NodeOptions = {
  readonly directory: string
  readonly plan: NetPlan
  readonly node: number
  /** The program of CometBFT. */
  readonly comet: string
  readonly say: (sentence: string) => void
}

/** Keeps both processes of a node running; CometBFT is started once its application answers. */
export function superviseNode(options: NodeOptions): Readonly<Record<Role, Keeper>> {
  const { directory, plan, node, comet, say } = options
  const paths = nodePaths(directory, node)
  const { rest, rpc, metrics } = portsOf(plan, node)
  const app = keepAlive({
    ...{ node, role: 'app', paths, say },
    file: process.execPath,
    args: [
      ...[PROGRAM, 'node', 'start', '--engine', 'cometbft', '--home', paths.home, '--abci', `unix://${ABCI_SOCKET}`],
      ...['--rpc', `http://${LOOPBACK}:${rpc}`, '--rest-port', `${rest}`, '--metrics-port', `${metrics}`, '--feed'],
    ],
  })
  const engine = keepAlive({
    ...{ node, role: 'engine', paths, say },
    file: comet,
    args: ['start', '--home', paths.home],
    ready: async (stop) => {
      while (!stop.aborted && !(app.isUp() && (await listens(rest)))) {
        await wait(LOOK_MS, undefined, { signal: stop }).catch(() => undefined)
      }
    },
  })
  return { app, engine }
}

/** True where somebody listens at a port: REST is served after ABCI. */
function listens(port: number): Promise<boolean> {
  const probe = connect(port, LOOPBACK)
  return new Promise<boolean>((resolve) => {
    probe.once('connect', () => resolve(true))
    probe.once('error', () => resolve(false))
  }).finally(() => probe.destroy())
}
