import type { Command } from 'commander'
import type { Context } from '../context.ts'

type Options = { readonly genesis?: string }

const GENESIS = 'genesis file that says which chain it is, default config/genesis.json in --home'

/** `starling node export` and `import`: the state of a stopped node as one file. */
export function addNodeStateCommands(node: Command, { io, globals }: Context): void {
  node
    .command('export <file>')
    .description('Write the state of the stopped node in --home to a new file.')
    .option('--genesis <file>', GENESIS)
    .addHelpText(
      'after',
      `
The state of one height gives the same bytes on every node.

Examples:
  starling node export state.bin --home ./node0
  starling node export state.bin --home ~/.starling/local`,
    )
    .action(async (file: string, { genesis }: Options) => {
      const { exportNode } = await import('../node/exportNode.ts')
      exportNode({ io, ...globals(), file, genesis })
    })
  node
    .command('import <file>')
    .description('Take an exported state into --home, which must have none.')
    .option('--genesis <file>', GENESIS)
    .addHelpText(
      'after',
      `
Examples:
  starling node import state.bin --home ./node1`,
    )
    .action(async (file: string, { genesis }: Options) => {
      const { importNode } = await import('../node/importNode.ts')
      importNode({ io, ...globals(), file, genesis })
    })
}
