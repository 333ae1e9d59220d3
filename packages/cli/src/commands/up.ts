import type { Command } from 'commander'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'
import { untilSignal } from '../daemon/untilSignal.ts'
import { whileRead } from '../daemon/whileRead.ts'
import { readOrigin } from '../input/readOrigin.ts'

type Options = {
  readonly seed?: string
  readonly reset?: true
  readonly pace: string
  readonly epochs?: string
  readonly exit?: true
  readonly report?: string
  readonly attack?: string
  readonly attackTopic?: string
  readonly restPort: string
  readonly rpcPort: string
  readonly metricsPort: string
  readonly cors?: string
  readonly open?: true
}

/** `starling up`: a whole network on this machine, on real data. */
export function addUpCommand(program: Command, { io, globals }: Context): void {
  program
    .command('up')
    .description('Run a whole prediction network on this machine, on twenty years of S&P 500 days.')
    .option('--pace <seconds>', 'seconds per epoch', '2')
    .option('--epochs <n>', 'show the progress towards n more settled epochs of every topic')
    .option('--exit', 'run as fast as possible until --epochs, print the report and end')
    .option('--report <file>', 'write the report as JSON')
    .option('--attack <kinds>', 'add attackers to a topic: junk, copy, sybil, bad-half, or several with commas')
    .option('--attack-topic <name>', 'the topic that they attack (default the first)')
    .option('--seed <text>', 'where all keys come from; two runs of one seed with --exit are equal')
    .option('--reset', 'forget the network of the home folder and begin anew')
    .option('--rest-port <n>', 'port of the REST server', '1317')
    .option('--rpc-port <n>', 'port of the RPC server', '26657')
    .option('--metrics-port <n>', 'port of the metrics', '26660')
    .option('--cors <origin>', 'let web pages of this origin, or of all with *, read; none of them can send')
    .option('--open', 'open the explorer in the browser')
    .addHelpText(
      'after',
      `
Examples:
  starling up --open
  starling up --pace 0.5
  starling up --attack sybil,bad-half --attack-topic trend
  starling up --epochs 250 --exit --reset --seed demo --report report.json`,
    )
    .action(async (options: Options) => {
      const { json, home } = globals()
      const epochs = options.epochs === undefined ? undefined : readCount('--epochs', options.epochs, 1, 1_000_000)
      if (options.exit === true && epochs === undefined) throw new CliError(2, '--exit needs --epochs N.')
      const ports = {
        rest: readCount('--rest-port', options.restPort, 0, 65_535),
        rpc: readCount('--rpc-port', options.rpcPort, 0, 65_535),
        metrics: readCount('--metrics-port', options.metricsPort, 0, 65_535),
      }
      await untilSignal(async (signalled) => {
        const { readAttack } = await import('../up/attack/readAttack.ts')
        const attack = readAttack(options.attack, options.attackTopic)
        const { runUp } = await import('../up/runUp.ts')
        const given = {
          ...{ io, json, home, attack, epochs, ports },
          seed: options.seed,
          reset: options.reset === true,
          pace: readPace(options.pace),
          exit: options.exit === true,
          report: options.report,
          cors: readOrigin(options.cors),
          open: options.open === true,
        }
        await whileRead(io, signalled, (stop) => runUp({ ...given, stop }))
      })
    })
}

function readCount(flag: string, text: string, least: number, most: number): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new CliError(2, `${flag} must be a whole number from ${least} to ${most}, got "${text}".`)
}

function readPace(text: string): number {
  const value = /^[0-9]{1,6}(\.[0-9]{1,6})?$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0.05 && value <= 86_400) return value
  throw new CliError(2, `--pace must be seconds from 0.05 to 86400, got "${text}".`)
}
