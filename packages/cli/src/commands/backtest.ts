import { type Command, Option } from 'commander'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'

type Options = {
  readonly loss?: string
  readonly synthesis?: 'tower' | 'regret' | 'mean' | 'median'
  readonly all?: true
  readonly warmup?: string
  readonly out?: string
  readonly plot?: string
  readonly example?: true
  readonly ignore?: string
  readonly where: readonly string[]
  readonly decimal?: 'comma' | 'dot'
}

/** `starling backtest`: a table of history through the chain's own functions, without a chain. */
export function addBacktestCommand(program: Command, { io, globals }: Context): void {
  program
    .command('backtest [file]')
    .description(
      'Run a table of predictions and truths through the chain’s own rules: would the network beat its models?',
    )
    .option('--loss <name>', 'squared, absolute, huber:1, quantile:0.9, qlike, log-loss, brier, … (default squared)')
    .addOption(
      new Option('--synthesis <name>', 'how answers are combined (default tower)').choices([
        'tower',
        'regret',
        'mean',
        'median',
      ]),
    )
    .option('--all', 'all syntheses side by side')
    .option('--warmup <epochs>', 'first epochs that are learnt from but not scored (default 0)')
    .option('--out <file>', 'write answers, intervals and weights row by row as CSV')
    .option('--plot <file>', 'write the running losses as SVG')
    .option('--example', 'run the built-in models on the packaged S&P 500 data; needs no file')
    .option('--ignore <columns>', 'columns to leave out, separated by commas')
    .option('--where <column=value>', 'only rows with this value; may be repeated', collect, [])
    .addOption(
      new Option('--decimal <mark>', 'how decimals are written, where it cannot be told').choices(['comma', 'dot']),
    )
    .addHelpText(
      'after',
      `
The table: a column truth (or y), and one column per model; epoch, available, time, key, scale and output have
meanings of their own, ref_… and ctx_… are carried along (docs/backtest.md). CSV, gzip or not; - is standard input.

Examples:
  starling backtest --example
  starling backtest panel.csv --loss absolute --all
  starling backtest panel.csv.gz --out answers.csv --plot loss.svg --json`,
    )
    .action(async (file: string | undefined, options: Options) => {
      if ((file === undefined) === (options.example !== true)) {
        throw new CliError(2, 'backtest needs a table: a FILE (- for standard input), or --example, and not both.')
      }
      const { runBacktestCommand } = await import('../backtest/runBacktestCommand.ts')
      await runBacktestCommand({ ...options, io, file, json: globals().json })
    })
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
