import type { Command } from 'commander'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'

type Options = { readonly topic?: string; readonly epoch: string; readonly trust?: string; readonly archive?: string }

/** `starling explain`: from a submission to its coins. */
export function addExplainCommand(program: Command, { io, globals }: Context): void {
  program
    .command('explain <address>')
    .description('Show the arithmetic from what somebody submitted to what it was paid, line by line.')
    .option('--topic <topic>', 'id or name of the topic; required')
    .option('--epoch <nonce>', 'a nonce, or last for the newest settled epoch', 'last')
    .option('--trust <block>', 'the block to verify from, as HEIGHT:HASH; or new: the one that the node shows')
    .option('--archive <file>', 'a file of "starling archive", for records that have left the state')
    .addHelpText(
      'after',
      `
Every line is recomputed from the record of the epoch; the last one is what was paid.

Examples:
  starling explain allo1… --topic 1
  starling explain allo1… --topic volatility --epoch 120 --json | jq -r .paid`,
    )
    .action(async (address: string, { topic, epoch, trust, archive }: Options) => {
      if (topic === undefined) throw new CliError(2, 'explain needs --topic: the id or the name of a topic.')
      const { runExplain } = await import('../explain/runExplain.ts')
      await runExplain({ io, ...globals(), address, topic, epoch, trust, archive })
    })
}
