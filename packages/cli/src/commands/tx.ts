import type { Command } from 'commander'
import type { Signer } from '../chain/chooseAccount.ts'
import { readCount } from '../chain/readId.ts'
import { addSignerOptions } from '../chain/signerOptions.ts'
import type { Context } from '../context.ts'

type SearchOptions = { readonly page: string; readonly limit: string; readonly newest?: true }

/** `starling tx`: transactions, one or many, and coins to send. */
export function addTxCommand(program: Command, { io, globals }: Context): void {
  const tx = program
    .command('tx')
    .description('Show a transaction by its hash, search for transactions, or send coins.')
    .argument('[hash]', 'the hash of a transaction')
    .addHelpText(
      'after',
      `
Examples:
  starling tx D72542F4863AB573D30D7506265FC1078A9124B75F22ACBDACE19AD4F05768A9
  starling tx search "tx.height>5 AND tx.height<=10"
  starling tx search "message.sender='allo1…'" --newest --limit 5
  starling tx send allo1… 2.5`,
    )
    .action(async (hash: string | undefined, _options: unknown, self: Command) => {
      if (hash === undefined) self.help({ error: true })
      const { showTx } = await import('../tx/showTx.ts')
      await showTx({ io, ...globals(), hash })
    })
  tx.command('search <query>')
    .description("Search in CometBFT's language: conditions joined by AND, texts in single quotation marks.")
    .option('--page <n>', 'which page', '1')
    .option('--limit <n>', 'transactions of a page, at most 100', '30')
    .option('--newest', 'newest first')
    .action(async (query: string, { page, limit, newest }: SearchOptions) => {
      const { searchTxs } = await import('../tx/searchTxs.ts')
      await searchTxs({
        io,
        ...globals(),
        query,
        page: readCount('--page', page, 1, 1_000_000),
        limit: readCount('--limit', limit, 1, 100),
        newest: newest === true,
      })
    })
  addSignerOptions(tx.command('send <to> <amount>'), 'dev')
    .description('Send coins to an address, or to a key of the home folder by its name.')
    .action(async (to: string, amount: string, signer: Signer) => {
      const { sendCoins } = await import('../tx/sendCoins.ts')
      await sendCoins({ io, ...globals(), to, amount, signer })
    })
}
