import type { Command } from 'commander'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'

type Options = { readonly input?: string; readonly skipInvalid?: true }

/** `starling settle`: one epoch from a file, by the same function as the chain. */
export function addSettleCommand(program: Command, { io, globals }: Context): void {
  program
    .command('settle')
    .description(
      'Settle one epoch from a JSON file: truth, values, losses, regrets, scores, rewards and the next state.',
    )
    .option('--input <file>', 'the epoch as JSON (docs/settle.schema.json), - for standard input; required')
    .option('--skip-invalid', 'leave out predictions and reports that are no number in their domain')
    .addHelpText(
      'after',
      `
Examples:
  starling settle --input docs/examples/settle.json
  starling settle --input epoch.json --json | jq .state > next-prior.json`,
    )
    .action(async ({ input, skipInvalid }: Options) => {
      if (input === undefined) throw new CliError(2, 'settle needs --input FILE, or --input - for standard input.')
      const { runSettle } = await import('../settle/runSettle.ts')
      await runSettle({ io, json: globals().json, input, skipInvalid: skipInvalid === true })
    })
}
