import type { Command } from 'commander'
import type { Signer } from '../chain/chooseAccount.ts'
import { addSignerOptions } from '../chain/signerOptions.ts'
import type { Context } from '../context.ts'

type AskOptions = Signer & {
  readonly maxAge?: string
  readonly trust?: string
  readonly pay?: string
  readonly reference?: string
}

/** `starling ask`: the network's current answer, for nothing or for pay. */
export function addAskCommand(program: Command, { io, globals }: Context): void {
  const ask = program.command('ask <topic>')
  addSignerOptions(ask, 'dev')
    .description("Show a topic's current answer: how sure it is, how old, and among how many.")
    .option('--max-age <n>', 'fail with exit code 4 where the answer is older than n blocks, or seconds as in 30s')
    .option('--pay <amount>', 'buy the answer: decimal ALLO, whole uallo as in 1000uallo, or 0; the receipt is proven')
    .option('--reference <text>', 'with --pay: your own mark in the receipt, at most 64 characters')
    .option('--trust <block>', 'the block to verify from, as HEIGHT:HASH; or new: the one that the node shows')
    .addHelpText(
      'after',
      `
The answer is proven by signed headers, from a block on that the home folder has pinned at the first use of the node.

A topic is its id, or its name where only one has it.

Examples:
  starling ask 1
  starling ask volatility --max-age 10
  starling ask 1 --max-age 30s --json | jq .value
  starling ask 1 --pay 0.05 --max-age 10 --reference order-7
  starling query payments 1   (what others pay)`,
    )
    .action(async (topic: string, { maxAge, trust, pay, reference, ...signer }: AskOptions) => {
      const { runAsk } = await import('../ask/runAsk.ts')
      await runAsk({ io, ...globals(), topic, maxAge, trust, pay, reference, signer })
    })
}
