import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { untilSignal } from '../daemon/untilSignal.ts'
import { readOrigin } from '../input/readOrigin.ts'
import { readWhole } from '../node/readWhole.ts'
import { addNodeStateCommands } from './nodeState.ts'

type Options = {
  readonly engine: 'cometbft' | 'local'
  readonly genesis?: string
  readonly abci: string
  readonly host: string
  readonly restPort: string
  readonly rpcPort: string
  readonly metricsPort: string
  readonly blockTime: string
  readonly feed?: true
  readonly cors?: string
  readonly open?: true
}

/** `starling node`: one node, alone or under CometBFT. */
export function addNodeCommand(program: Command, { io, globals }: Context): void {
  const node = program
    .command('node')
    .description('Run one node of a network, or move its state.')
    .addHelpText(
      'after',
      `
Examples:
  starling node start --home ./alone --engine local`,
    )
  node
    .command('start')
    .description('Start a node on the genesis in --home; --rpc says where its CometBFT answers.')
    .addOption(new Option('--engine <name>', 'what makes blocks').choices(['cometbft', 'local']).default('cometbft'))
    .option('--genesis <file>', 'genesis file, default config/genesis.json in --home')
    .option(
      '--abci <address>',
      "where CometBFT finds the node: its proxy_app, or 'unix:///path'",
      'tcp://127.0.0.1:26658',
    )
    .option('--host <address>', 'where REST, RPC and metrics are served', '127.0.0.1')
    .option('--rest-port <n>', 'port of the REST server', '1317')
    .option('--rpc-port <n>', 'port of the RPC server of the local engine', '26657')
    .option('--metrics-port <n>', 'port of the metrics', '26670')
    .option('--block-time <ms>', 'milliseconds between blocks of the local engine', '1000')
    .option('--feed', 'serve the data of the demo topics at /local/feed')
    .option('--cors <origin>', 'let web pages of this origin, or of all with *, read; none of them can send')
    .option('--open', 'open the explorer in the browser')
    .addHelpText(
      'after',
      `
Examples:
  starling node start --home ./node0 --abci tcp://127.0.0.1:26658 --rpc http://127.0.0.1:26657
  starling node start --home ./alone --engine local`,
    )
    .action(async ({ engine, genesis, abci, host, open, ...texts }: Options) => {
      const { home, rpc } = globals()
      const ports = {
        rest: readWhole('--rest-port', texts.restPort, 0, 65_535),
        rpc: readWhole('--rpc-port', texts.rpcPort, 0, 65_535),
        metrics: readWhole('--metrics-port', texts.metricsPort, 0, 65_535),
      }
      const blockTimeMs = readWhole('--block-time', texts.blockTime, 10, 600_000)
      const feed = texts.feed === true
      const cors = readOrigin(texts.cors)
      const { runNode } = await import('../node/runNode.ts')
      await untilSignal((stop) =>
        runNode({
          io,
          home,
          engine,
          genesis,
          abci,
          rpc,
          host,
          ports,
          blockTimeMs,
          feed,
          cors,
          open: open === true,
          stop,
        }),
      )
    })
  addNodeStateCommands(node, { io, globals })
}
