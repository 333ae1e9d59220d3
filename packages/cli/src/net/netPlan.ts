import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CliError } from '../cliError.ts'
import { netDirectory } from './netPaths.ts'

/** Chain id of a network of several validators on this machine. */
export const NET_CHAIN_ID = 'starling-net-1'

/** Ports of one node, all on loopback. */
export type NodePorts = { readonly rest: number; readonly rpc: number; readonly p2p: number; readonly metrics: number }

/** What is remembered of a network between two starts; the ports of node 1 come first. */
export type NetPlan = {
  readonly chainId: string
  readonly seed: string
  /** CometBFT's `timeout_commit`. */
  readonly blockTimeMs: number
  readonly ports: readonly NodePorts[]
}

const port = z.number().int().min(1).max(65_535)
const planSchema: z.ZodType<NetPlan> = z.strictObject({
  chainId: z.literal(NET_CHAIN_ID),
  seed: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  blockTimeMs: z.number().int().min(1),
  ports: z
    .array(z.strictObject({ rest: port, rpc: port, p2p: port, metrics: port }))
    .min(1)
    .max(64),
})

/** The plan of the network in a home folder; undefined where none has begun. Throws a `CliError` for a damaged file. */
export function readNetPlan(home: string): NetPlan | undefined {
  const file = planFile(home)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const plan = planSchema.safeParse(parse(text))
  if (plan.success) return plan.data
  const [issue] = plan.error.issues
  const what = issue === undefined ? '' : ` (${[issue.path.join('.'), issue.message].filter(Boolean).join(': ')})`
  throw new CliError(3, `${file} is damaged${what}. Restore it, or begin anew with "starling net up --reset".`)
}

/** The plan, where there must be one. */
export function requireNetPlan(home: string): NetPlan {
  const plan = readNetPlan(home)
  if (plan !== undefined) return plan
  throw new CliError(
    3,
    `There is no network in ${netDirectory(home)}. Start one with "starling net up", or name its home with --home.`,
  )
}

/** Writes the plan whole or not at all. */
export function writeNetPlan(home: string, plan: NetPlan): void {
  const file = planFile(home)
  writeFileSync(`${file}.new`, `${JSON.stringify(plan, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** The ports of a node, counted from 1. Throws a `CliError` where there is no such node. */
export function portsOf({ ports }: NetPlan, node: number): NodePorts {
  const found = ports[node - 1]
  if (found !== undefined) return found
  throw new CliError(2, `The network has nodes 1 to ${ports.length}, got ${node}.`)
}

function planFile(home: string): string {
  return join(netDirectory(home), 'network.json')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
