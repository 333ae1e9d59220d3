import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { untilSignal } from '../daemon/untilSignal.ts'
import { readWhole } from '../node/readWhole.ts'

type Options = { readonly port: string; readonly open?: true }

/** `starling explorer`: the page that checks what it shows, for any node. */
export function addExplorerCommand(program: Command, { io, globals }: Context): void {
  program
    .command('explorer')
    .description('Serve the explorer to this machine, for the node of --node; the page checks what the node says.')
    .option('--port <n>', 'port of the page, 0 for any', '1318')
    .option('--open', 'open it in the browser')
    .addHelpText(
      'after',
      `
Without --rpc the page takes RPC to be under /rpc of the node, where Starling's REST servers have it.

Examples:
  starling explorer --node http://192.0.2.7:1317 --open
  starling explorer --node http://127.0.0.1:1317 --rpc http://127.0.0.1:26657 --port 8080`,
    )
    .action(async ({ port, open }: Options) => {
      const { node, rpc } = globals()
      // The default of --rpc is another machine's where --node names one.
      const isNamed = program.opts<{ readonly rpc?: string }>().rpc !== undefined || (io.env.STARLING_RPC ?? '') !== ''
      const { runExplorer } = await import('../explorer/runExplorer.ts')
      await untilSignal((stop) =>
        runExplorer({
          io,
          node,
          rpc: isNamed ? rpc : undefined,
          port: readWhole('--port', port, 0, 65_535),
          open: open === true,
          stop,
        }),
      )
    })
}
