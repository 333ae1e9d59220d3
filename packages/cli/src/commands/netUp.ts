import type { Command } from 'commander'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'
import { untilSignal } from '../daemon/untilSignal.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { readWhole } from '../node/readWhole.ts'

type Options = {
  readonly validators?: string
  readonly blockTime?: string
  readonly seed?: string
  readonly restPort?: string
  readonly rpcPort?: string
  readonly late?: string
  readonly logLevel?: string
  readonly agents: boolean
  readonly reset?: true
  readonly detach?: true
}

/** `starling net up`: starts the network, or goes on with it. */
export function addNetUpCommand(net: Command, { io, globals }: Context): void {
  net
    .command('up')
    .description('Start the network, or go on with the one in --home; Ctrl-C ends all its processes.')
    .option('--validators <n>', 'how many nodes, 1 to 7 (default 4)')
    .option('--block-time <ms>', 'what CometBFT waits between blocks (default 1000)')
    .option('--no-agents', 'without the models and reputers of the demo topics')
    .option('--late <nodes>', 'nodes that start only with restart, as 4 or 3,4')
    .option('--detach', 'run in the background, until stop')
    .option('--log-level <text>', "what CometBFT logs, as its log_level: 'info' or 'consensus:debug,*:error'")
    .option('--seed <text>', 'where the keys of models and reputers come from')
    .option('--reset', 'forget the network of the home folder and begin anew')
    .option('--rest-port <n>', 'REST port of node 1, the others count up by 1; 0 takes free ones (default 1317)')
    .option('--rpc-port <n>', 'RPC port of node 1, the others count up by 10; 0 takes free ones (default 26657)')
    .addHelpText(
      'after',
      `
Examples:
  starling net up
  starling net up --validators 7 --block-time 200 --detach
  starling net up --rest-port 0 --rpc-port 0 --no-agents`,
    )
    .action((options: Options) => untilSignal((stop) => up(io, globals(), options, stop)))
}

async function up(io: Io, { home, json }: Globals, options: Options, stop: AbortSignal): Promise<void> {
  const wishes = {
    validators: optional('--validators', options.validators, 1, 7),
    blockTimeMs: optional('--block-time', options.blockTime, 1, 600_000),
    restPort: optional('--rest-port', options.restPort, 0, 65_535),
    rpcPort: optional('--rpc-port', options.rpcPort, 0, 65_535),
    seed: options.seed,
    logLevel: readLogLevel(options.logLevel),
    reset: options.reset === true,
  }
  const late = readNodes(options.late)
  if (options.detach !== true) {
    const { runNetUp } = await import('../net/runNetUp.ts')
    await runNetUp({ io, home, ...wishes, agents: options.agents, late, stop })
    return
  }
  const { detach } = await import('../net/detach.ts')
  await detach({ io, home, args: argumentsOf(options), late, stop })
  if (stop.aborted) return
  const { runNetStatus } = await import('../net/runNetStatus.ts')
  await runNetStatus({ io, home, json })
}

function optional(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  return text === undefined ? undefined : readWhole(flag, text, least, most)
}

/** Stands in a configuration file between quotation marks. */
function readLogLevel(text: string | undefined): string | undefined {
  if (text === undefined || /^[a-z0-9*:,-]+$/.test(text)) return text
  throw new CliError(2, `--log-level must be like info or consensus:debug,*:error, got "${text}".`)
}

function readNodes(text: string | undefined): readonly number[] {
  if (text === undefined) return []
  if (/^[1-9](,[1-9])*$/.test(text)) return text.split(',').map(Number)
  throw new CliError(2, `--late must be numbers of nodes such as 4 or 3,4, got "${text}".`)
}

/** The options as the process in the background gets them. */
function argumentsOf({ agents, reset, detach, ...texts }: Options): readonly string[] {
  const flags = {
    '--validators': texts.validators,
    '--block-time': texts.blockTime,
    '--seed': texts.seed,
    '--rest-port': texts.restPort,
    '--rpc-port': texts.rpcPort,
    '--late': texts.late,
    '--log-level': texts.logLevel,
  }
  return [
    ...Object.entries(flags).flatMap(([flag, text]) => (text === undefined ? [] : [flag, text])),
    ...(agents ? [] : ['--no-agents']),
    ...(reset === true ? ['--reset'] : []),
  ]
}
