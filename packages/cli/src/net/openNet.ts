import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { CliError } from '../cliError.ts'
import { readSeed } from '../up/localNetwork.ts'
import { QUIET } from './cometConfig.ts'
import { configureNet, layOutNet } from './layOutNet.ts'
import { netDirectory } from './netPaths.ts'
import { NET_CHAIN_ID, type NetPlan, readNetPlan, writeNetPlan } from './netPlan.ts'
import { planPorts } from './planPorts.ts'

/** What is asked of a network; what is undefined stays as it was, or is the default of a new one. */
export type NetWishes = {
  readonly validators: number | undefined
  readonly seed: string | undefined
  readonly restPort: number | undefined
  readonly rpcPort: number | undefined
  readonly blockTimeMs: number | undefined
  /** CometBFT's `log_level`; holds for this start only. */
  readonly logLevel: string | undefined
  readonly reset: boolean
}

const DEFAULTS = { validators: 4, restPort: 1317, rpcPort: 26657, blockTimeMs: 1000 }

/** Opens the network of a home folder, or begins one. Nobody else may run it. Throws a `CliError` for what cannot change. */
export async function openNet(home: string, wishes: NetWishes): Promise<NetPlan> {
  const directory = netDirectory(home)
  const seed = wishes.seed === undefined ? undefined : readSeed(wishes.seed)
  if (wishes.reset) rmSync(directory, { recursive: true, force: true })
  const known = readNetPlan(home)
  const plan = known === undefined ? await begin(wishes, seed) : await goOn(known, wishes)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (known === undefined) layOutNet(directory, plan, new Date())
  configureNet(directory, plan, wishes.logLevel ?? QUIET)
  writeNetPlan(home, plan)
  return plan
}

async function begin(wishes: NetWishes, seed = randomBytes(6).toString('hex')): Promise<NetPlan> {
  const { validators, restPort, rpcPort, blockTimeMs } = DEFAULTS
  const ports = await planPorts(wishes.validators ?? validators, {
    rest: wishes.restPort ?? restPort,
    rpc: wishes.rpcPort ?? rpcPort,
  })
  return { chainId: NET_CHAIN_ID, seed, blockTimeMs: wishes.blockTimeMs ?? blockTimeMs, ports }
}

async function goOn(known: NetPlan, { validators, seed, restPort, rpcPort, blockTimeMs }: NetWishes): Promise<NetPlan> {
  const count = known.ports.length
  if (validators !== undefined && validators !== count) throw fixed('validators', `${count}`, `${validators}`)
  if (seed !== undefined && seed !== known.seed) throw fixed('seed', known.seed, seed)
  const moved = { ...known, blockTimeMs: blockTimeMs ?? known.blockTimeMs }
  const [first] = known.ports
  if (first === undefined || (restPort === undefined && rpcPort === undefined)) return moved
  const planned = await planPorts(count, { rest: restPort ?? first.rest, rpc: rpcPort ?? first.rpc })
  const ports = planned.map((one, i) => ({
    ...one,
    ...(restPort === undefined ? { rest: known.ports[i]?.rest ?? one.rest } : {}),
    ...(rpcPort === undefined ? { ...(known.ports[i] ?? one), rest: one.rest } : {}),
  }))
  return { ...moved, ports }
}

function fixed(what: 'validators' | 'seed', begun: string, wanted: string): CliError {
  return new CliError(
    2,
    `The network began with --${what} ${begun}, not ${wanted}: its genesis says so. Leave --${what} out to go on with it, or add --reset to begin anew.`,
  )
}
