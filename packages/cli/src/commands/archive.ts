import type { Command } from 'commander'
import type { Context } from '../context.ts'

type Options = { readonly topic?: string; readonly trust?: string }

/** `starling archive`: keeps records that leave the state. */
export function addArchiveCommand(program: Command, { io, globals }: Context): void {
  program
    .command('archive <file>')
    .description('Append to a file all proven records that it does not have yet, before they leave the state.')
    .option('--topic <topic>', 'id or name of the only topic to take; default all')
    .option('--trust <block>', 'the block to verify from, as HEIGHT:HASH; or new: the one that the node shows')
    .addHelpText(
      'after',
      `
Run it again at least every record_retention epochs: it goes on from where it stopped.

Examples:
  starling archive records.jsonl
  starling archive volatility.jsonl --topic volatility
  starling verify topic 1 --from 1 --archive records.jsonl`,
    )
    .action(async (file: string, { topic, trust }: Options) => {
      const { runArchive } = await import('../archive/runArchive.ts')
      await runArchive({ io, ...globals(), file, topic, trust })
    })
}
