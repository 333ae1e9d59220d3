import type { Command } from 'commander'
import type { Context } from '../context.ts'

/** `starling ask`: the network's current answer. */
export function addAskCommand(program: Command, { io, globals }: Context): void {
  program
    .command('ask <topic>')
    .description("Show a topic's current answer: how sure it is, how old, and among how many.")
    .option('--max-age <n>', 'fail with exit code 4 where the answer is older than n blocks, or seconds as in 30s')
    .option('--trust <block>', 'the block to verify from, as HEIGHT:HASH; or new: the one that the node shows')
    .addHelpText(
      'after',
      `
The answer is proven by signed headers, from a block on that the home folder has pinned at the first use of the node.

A topic is its id, or its name where only one has it.

Examples:
  starling ask 1
  starling ask volatility --max-age 10
  starling ask 1 --max-age 30s --json | jq .value`,
    )
    .action(async (topic: string, { maxAge, trust }: { readonly maxAge?: string; readonly trust?: string }) => {
      const { runAsk } = await import('../ask/runAsk.ts')
      await runAsk({ io, ...globals(), topic, maxAge, trust })
    })
}
