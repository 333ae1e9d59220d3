import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { Question } from '../query/runQuery.ts'

/** `starling query`: all that a node tells. */
export function addQueryCommand(program: Command, { io, globals }: Context): void {
  const ask = async (question: Question): Promise<void> => {
    const { runQuery } = await import('../query/runQuery.ts')
    await runQuery({ io, ...globals(), question })
  }
  const query = program
    .command('query')
    .description('Ask the node for everything it tells about a topic, an epoch, an account or itself.')
    .argument('[path]', 'any path of the REST server, as in /starling/v1/topics')
    .addHelpText(
      'after',
      `
Examples:
  starling query topic 1
  starling query epoch 1 last --json | jq .payouts
  starling query contributors 1
  starling query balance allo1…
  starling query "/cosmos/bank/v1beta1/supply"`,
    )
    .action(async (path: string | undefined, _options: unknown, self: Command) => {
      if (path === undefined) self.help({ error: true })
      await ask({ what: 'path', path })
    })
  query
    .command('topic <topic>')
    .description('A topic, with its policy and the open and close heights of its windows.')
    .action((topic: string) => ask({ what: 'topic', topic }))
  query
    .command('epoch <topic> [nonce]')
    .description('The record of a closed epoch, default the newest settled (last).')
    .action((topic: string, nonce: string | undefined) => ask({ what: 'epoch', topic, nonce }))
  query
    .command('answer <topic> [nonce]')
    .description("The network's answer for a nonce, default the newest.")
    .action((topic: string, nonce: string | undefined) => ask({ what: 'answer', topic, nonce }))
  query
    .command('calibration <topic>')
    .description('How sure answers were, and how right: coverage, edge, and the guess to beat.')
    .action((topic: string) => ask({ what: 'calibration', topic }))
  query
    .command('contributors <topic>')
    .description('Skill, originality, share of the pot and uptime of everybody who takes part, by address.')
    .option('--after <address>', 'the page after this address')
    .action((topic: string, { after }: { readonly after?: string }) => ask({ what: 'contributors', topic, after }))
  query
    .command('payments <topic>')
    .description('What a topic was paid: escrow, suggested price, requests, and its funders by address.')
    .option('--after <address>', 'the page of funders after this address')
    .action((topic: string, { after }: { readonly after?: string }) => ask({ what: 'payments', topic, after }))
  query
    .command('receipt <id>')
    .description('Who bought which answer for how much, with its proof.')
    .action((id: string) => ask({ what: 'receipt', id }))
  query
    .command('result <topic> <address> [nonce]')
    .description('What a closed epoch brought an account, default the newest settled (last).')
    .action((topic: string, address: string, nonce: string | undefined) =>
      ask({ what: 'result', topic, address, nonce }),
    )
  query
    .command('actor <topic> <address>')
    .description('What an account is in a topic: its registrations, stake, scores, skill and share.')
    .action((topic: string, address: string) => ask({ what: 'actor', topic, address }))
  query
    .command('balance <address>')
    .description('The coins of an account, in uallo.')
    .action((address: string) => ask({ what: 'balance', address }))
  query
    .command('ledger')
    .description('Supply, and what was minted and burned since genesis.')
    .action(() => ask({ what: 'ledger' }))
  query
    .command('params')
    .description('The parameters of the chain.')
    .action(() => ask({ what: 'params' }))
}
