import type { Command } from 'commander'
import type { Signer } from '../chain/chooseAccount.ts'
import { readCount } from '../chain/readId.ts'
import { addSignerOptions } from '../chain/signerOptions.ts'
import { CliError } from '../cliError.ts'
import type { Context } from '../context.ts'
import { readSeconds } from '../daemon/readSeconds.ts'
import { untilSignal } from '../daemon/untilSignal.ts'
import type { ModelSource } from '../worker/openModel.ts'

type Options = Signer &
  ModelSource & {
    readonly topic?: string
    readonly journal?: string
    readonly timeout?: string
    readonly epochs?: string
  }

/** `starling worker`: a model of one's own at work. */
export function addWorkerCommand(program: Command, { io, globals }: Context): void {
  const worker = program
    .command('worker')
    .description('Let a model of yours predict for a topic, and see what each epoch brings.')
    .option('--topic <topic>', 'the topic, by id or name; required')
    .option('--model <file>', 'a JavaScript module that exports predict(input)')
    .option('--command <command>', 'a program that reads and writes lines of JSON')
    .option('--url <url>', 'a server that answers POST /predict')
    .option('--forecast', 'ask the program or server for forecasts of other workers too')
    .option('--journal <file>', 'where it is written down what was submitted (default in the home folder)')
    .option('--timeout <seconds>', 'longest time for one prediction (default until the window closes)')
    .option('--epochs <n>', 'end after n settled epochs with a prediction')
  addSignerOptions(worker, 'an account of its own for each model')
    .addHelpText(
      'after',
      `
On the local network that "starling up" runs with the same --home, the key comes from the network's seed and the model's
name, and the dev account pays for it. On every other chain a key of yours signs: --key NAME, from "starling keys add".

Examples:
  starling worker new my-model
  starling worker --topic 1 --model ./my-model.mjs
  starling worker --topic 1 --command "python3 my-model.py"
  starling worker --topic 3 --url http://127.0.0.1:8000 --key alice --timeout 5`,
    )
    .action(async (options: Options) => {
      const { topic, timeout, epochs } = options
      if (topic === undefined) throw new CliError(2, 'worker needs --topic ID. "starling topic list" shows the topics.')
      const { runWorker } = await import('../worker/runWorker.ts')
      const timeoutMs = timeout === undefined ? undefined : 1000 * readSeconds('--timeout', timeout)
      const count = epochs === undefined ? undefined : readCount('--epochs', epochs, 1, 1_000_000)
      const given = { io, ...globals(), topic, signer: options, source: options, journal: options.journal }
      await untilSignal((stop) => runWorker({ ...given, timeoutMs, epochs: count, stop }))
    })
  worker
    .command('new <name>')
    .description('Write a commented model to begin with, ./NAME.mjs or ./NAME.py.')
    .option('--python', 'in Python, with its standard library alone')
    .action(async (name: string, { python }: { readonly python?: true }) => {
      const { newModel } = await import('../worker/newModel.ts')
      await newModel({ io, json: globals().json, name, python: python === true })
    })
}
