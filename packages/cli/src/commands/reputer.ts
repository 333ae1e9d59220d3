import type { Command } from 'commander'
import type { Signer } from '../chain/chooseAccount.ts'
import { readCount } from '../chain/readId.ts'
import { addSignerOptions } from '../chain/signerOptions.ts'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'
import { readSeconds } from '../daemon/readSeconds.ts'
import { untilSignal } from '../daemon/untilSignal.ts'

type Options = Signer & {
  readonly topic?: string
  readonly truth?: string
  readonly stake?: string
  readonly journal?: string
  readonly timeout: string
  readonly epochs?: string
}

/** `starling reputer`: reports what really happened. */
export function addReputerCommand(program: Command, { io, globals }: Context): void {
  const reputer = program
    .command('reputer')
    .description('Report what really happened in each epoch of a topic, with stake behind it.')
    .option('--topic <topic>', 'the topic, by id or name; required')
    .option('--truth <file>', 'a JavaScript module that exports truth({ topic, nonce }); required')
    .option('--stake <amount>', 'the stake to keep in the topic; what is missing is added at the start')
    .option('--journal <file>', 'where it is written down what was submitted (default in the home folder)')
    .option('--timeout <seconds>', 'longest time for one observation', '30')
    .option('--epochs <n>', 'end after n settled epochs with a report')
  addSignerOptions(reputer, 'an account of its own for each truth')
    .addHelpText(
      'after',
      `
truth() gives { value, source, observedAt } back, { label, source, observedAt } for a topic with labels, or null while
the truth is not known yet: it is asked again with each block of the window.

Examples:
  starling reputer --topic 1 --truth ./my-truth.mjs --stake 1000
  starling reputer --topic 1 --truth ./my-truth.mjs --key alice`,
    )
    .action(async (options: Options) => {
      const { topic, truth, epochs } = options
      if (topic === undefined || truth === undefined) {
        throw new CliError(2, 'reputer needs --topic ID and --truth FILE. "starling topic list" shows the topics.')
      }
      const { runReputer } = await import('../reputer/runReputer.ts')
      const timeoutMs = 1000 * readSeconds('--timeout', options.timeout)
      const count = epochs === undefined ? undefined : readCount('--epochs', epochs, 1, 1_000_000)
      const { journal, stake } = options
      const given = { io, ...globals(), topic, truth, signer: options, journal, stake, timeoutMs, epochs: count }
      await untilSignal((stop) => runReputer({ ...given, stop }))
    })
}
