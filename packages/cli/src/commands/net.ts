import type { Command } from 'commander'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'
import { untilSignal } from '../daemon/untilSignal.ts'
import type { Role } from '../net/role.ts'
import { readWhole } from '../node/readWhole.ts'
import { addNetUpCommand } from './netUp.ts'

/** `starling net`: a network of several validators on this machine, under CometBFT. */
export function addNetCommand(program: Command, context: Context): void {
  const net = program
    .command('net')
    .description('Run a network of several validators on this machine, under CometBFT.')
    .addHelpText(
      'after',
      `
Examples:
  starling net install
  starling net up --validators 4
  starling net status
  starling net kill 2
  starling net restart 2`,
    )
  addInstall(net, context)
  addNetUpCommand(net, context)
  addStatus(net, context)
  addStop(net, context)
  addKill(net, context)
  addRestart(net, context)
  addLogs(net, context)
}

type Which = { readonly app?: true; readonly engine?: true; readonly both?: true }

/** Without a flag, both processes. */
function readRoles({ app, engine, both }: Which): readonly Role[] {
  if (both === true || app === engine) return ['app', 'engine']
  return app === true ? ['app'] : ['engine']
}

function readNode(text: string): number {
  const value = /^[1-9][0-9]?$/.test(text) ? Number(text) : undefined
  if (value !== undefined) return value
  throw new CliError(2, `The node must be its number, from 1, got "${text}".`)
}

function addInstall(net: Command, { io, globals }: Context): void {
  net
    .command('install')
    .description('Build CometBFT at the pinned version into --home, with the Go tool chain.')
    .action(async () => {
      const { installComet } = await import('../net/installComet.ts')
      io.stdout.write(`${await installComet({ io, home: globals().home })}\n`)
    })
}

function addStatus(net: Command, { io, globals }: Context): void {
  net
    .command('status')
    .description('Show height, hash of the state, processes and ports of every node, and whether all agree.')
    .action(async () => {
      const { runNetStatus } = await import('../net/runNetStatus.ts')
      await runNetStatus({ io, ...globals() })
    })
}

function addStop(net: Command, { io, globals }: Context): void {
  net
    .command('stop')
    .description('End every process of the network; what it has done is kept.')
    .action(async () => {
      const { runNetStop } = await import('../net/runNetStop.ts')
      await runNetStop({ io, home: globals().home })
    })
}

function addKill(net: Command, { io, globals }: Context): void {
  net
    .command('kill')
    .argument('<node>', 'its number, from 1')
    .description('Kill a node as a loss of power would; it stays dead until restart.')
    .option('--app', 'only its application')
    .option('--engine', 'only its CometBFT')
    .option('--both', 'both, which is the default')
    .action(async (node: string, which: Which) => {
      const { runNetKill } = await import('../net/runNetKill.ts')
      await runNetKill({ io, home: globals().home, node: readNode(node), roles: readRoles(which) })
    })
}

function addRestart(net: Command, { io, globals }: Context): void {
  net
    .command('restart')
    .argument('<node>', 'its number, from 1')
    .description('Start a node again, whether it is dead or not, and wait until it has caught up.')
    .option('--app', 'only its application')
    .option('--engine', 'only its CometBFT')
    .option('--both', 'both, which is the default')
    .option('--wipe', 'forget its blocks and state before, so that it fetches the whole chain')
    .action(async (text: string, { wipe: wiped, ...which }: Which & { readonly wipe?: true }) => {
      const [node, roles, wipe] = [readNode(text), readRoles(which), wiped === true]
      if (wipe && roles.length < 2)
        throw new CliError(2, '--wipe restarts both processes: leave --app or --engine out.')
      const { runNetRestart } = await import('../net/runNetRestart.ts')
      const { home } = globals()
      await untilSignal((stop) => runNetRestart({ io, home, node, roles, wipe, stop }))
    })
}

function addLogs(net: Command, { io, globals }: Context): void {
  net
    .command('logs')
    .argument('<node>', 'its number, from 1')
    .description('Print the last lines of what a node has logged.')
    .option('--app', 'only its application')
    .option('--engine', 'only its CometBFT')
    .option('--lines <n>', 'how many lines of each', '50')
    .option('--follow', 'go on with what is added, until Ctrl-C')
    .action(async (node: string, which: Which & { readonly lines: string; readonly follow?: true }) => {
      const { runNetLogs } = await import('../net/runNetLogs.ts')
      const lines = readWhole('--lines', which.lines, 0, 100_000)
      const follow = which.follow === true
      const { home } = globals()
      await untilSignal((stop) =>
        runNetLogs({ io, home, node: readNode(node), roles: readRoles(which), lines, follow, stop }),
      )
    })
}
