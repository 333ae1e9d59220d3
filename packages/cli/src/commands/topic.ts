import type { Command } from 'commander'
import type { Signer } from '../chain/chooseAccount.ts'
import { readHeight } from '../chain/readId.ts'
import { addSignerOptions } from '../chain/signerOptions.ts'
import type { Context } from '../context.ts'

type CreateOptions = Signer & {
  readonly template?: string
  readonly file?: string
  readonly name?: string
  readonly epochLength: string
  readonly lag?: string
  readonly window?: string
  readonly plain?: true
  readonly fund?: string
}

/** `starling topic`: what the network is asked, and what that is worth. */
export function addTopicCommand(program: Command, context: Context): void {
  const { io, globals } = context
  const topic = program.command('topic').description('Ask new questions, see those there are, and pay for answers.')
  topic.addHelpText(
    'after',
    `
Examples:
  starling topic list
  starling topic show 1
  starling topic fund 1 5
  starling topic create --template volatility --name my-volatility --fund 10`,
  )
  addCreate(topic, context)
  topic
    .command('list')
    .description('List the topics.')
    .action(async () => {
      const { showTopics } = await import('../topic/showTopics.ts')
      await showTopics({ io, ...globals() })
    })
  topic
    .command('show <topic>')
    .description('Show a topic, its policy and its open windows.')
    .action(async (id: string) => {
      const { showTopic } = await import('../topic/showTopic.ts')
      await showTopic({ io, ...globals(), topic: id })
    })
  addSignerOptions(topic.command('fund <topic> <amount>'), 'dev')
    .description('Pay a topic: decimal ALLO, or whole uallo as in 1000uallo.')
    .action(async (id: string, amount: string, signer: Signer) => {
      const { fundTopic } = await import('../topic/fundTopic.ts')
      await fundTopic({ io, ...globals(), topic: id, amount, signer })
    })
}

function addCreate(topic: Command, { io, globals }: Context): void {
  const create = topic
    .command('create')
    .description('Create a topic from a template, or from a policy of your own.')
    .option('--template <name>', 'a ready question: volatility, risk or trend')
    .option('--file <policy.json>', 'the policy as JSON (the field topic.policy of docs/settle.schema.json)')
    .option('--name <text>', "the topic's name (default that of the template)")
    .option('--epoch-length <blocks>', 'blocks from one epoch to the next', '5')
    .option('--lag <blocks>', 'blocks until the truth can be known (default the epoch length)')
    .option('--window <blocks>', 'blocks in which workers submit (default the epoch length)')
    .option('--plain', 'of a template: predictions in the open, not sealed until nobody can copy them')
    .option('--fund <amount>', 'pay the new topic so much at once')
  addSignerOptions(create, 'dev')
    .addHelpText(
      'after',
      `
Examples:
  starling topic create --template trend --name my-trend
  starling topic create --file policy.json --name rain --epoch-length 10 --window 6 --fund 10`,
    )
    .action(async (options: CreateOptions) => {
      const { createTopic } = await import('../topic/createTopic.ts')
      const epochLength = readHeight('--epoch-length', options.epochLength)
      await createTopic({
        io,
        ...globals(),
        template: options.template,
        file: options.file,
        fund: options.fund,
        signer: options,
        form: {
          name: options.name,
          epochLength,
          groundTruthLag: options.lag === undefined ? epochLength : readHeight('--lag', options.lag),
          workerSubmissionWindow: options.window === undefined ? epochLength : readHeight('--window', options.window),
          submissions: options.plain === true ? 'plain' : 'sealed',
        },
      })
    })
}
