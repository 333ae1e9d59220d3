import type { Command } from 'commander'
import type { Context } from '../context.ts'

type Options = {
  readonly epoch?: string
  readonly from?: string
  readonly to?: string
  readonly trust?: string
  readonly archive?: string
}

/** `starling verify`: recomputes what a node says. */
export function addVerifyCommand(program: Command, { io, globals }: Context): void {
  const verify = program.command('verify').description('Recompute what the chain stores, and compare it.')
  verify
    .command('topic <topic>')
    .description('Settle epochs again from their records and compare every stored result, and what was paid.')
    .option('--epoch <nonce>', 'a nonce, or last for the newest settled epoch (the default)')
    .option('--from <nonce>', 'the first epoch of several')
    .option('--to <nonce>', 'the last epoch of several (default the newest record)')
    .option('--trust <block>', 'the block to verify from, as HEIGHT:HASH; or new: the one that the node shows')
    .option('--archive <file>', 'a file of "starling archive", for records that have left the state')
    .addHelpText(
      'after',
      `
Ends with 1 where a stored value is not what comes out, and names it.

Examples:
  starling verify topic 1
  starling verify topic volatility --epoch 120
  starling verify topic 1 --from 100 --json | jq .compared
  starling verify topic 1 --from 1 --archive records.jsonl`,
    )
    .action(async (topic: string, { epoch, from, to, trust, archive }: Options) => {
      const { runVerify } = await import('../verify/runVerify.ts')
      await runVerify({ io, ...globals(), topic, epoch, from, to, trust, archive })
    })
}
