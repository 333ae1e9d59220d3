import type { Command } from 'commander'
import type { Context } from '../context.ts'

type Passphrase = { readonly passphraseFile?: string }

const PASSPHRASE_FILE = [
  '--passphrase-file <file>',
  'the passphrase (else env STARLING_PASSPHRASE, else asked for)',
] as const

/** `starling keys`: the encrypted keys of the home folder. */
export function addKeysCommand(program: Command, { io, globals }: Context): void {
  const keys = program.command('keys').description('Keep the keys that sign, encrypted, one file each.')
  keys.addHelpText(
    'after',
    `
Examples:
  starling keys add alice
  starling keys add alice --recover < words.txt
  starling keys show alice --address
  starling keys export alice --unsafe`,
  )
  keys
    .command('add <name>')
    .description('Make a new key and show its words once, or bring one back from its words.')
    .option('--recover', 'read the words from the terminal or standard input')
    .option(...PASSPHRASE_FILE)
    .action(async (name: string, { recover, passphraseFile }: Passphrase & { readonly recover?: true }) => {
      const { addKey } = await import('../keystore/addKey.ts')
      await addKey({ io, ...globals(), name, recover: recover === true, passphraseFile })
    })
  keys
    .command('list')
    .description('List the keys with their addresses.')
    .action(async () => {
      const { showKeys } = await import('../keystore/showKeys.ts')
      await showKeys({ io, ...globals() })
    })
  keys
    .command('show <name>')
    .description('Show the address and public key of a key.')
    .option('--address', 'print the address alone')
    .action(async (name: string, { address }: { readonly address?: true }) => {
      const { showKey } = await import('../keystore/showKeys.ts')
      await showKey({ io, ...globals(), name, addressOnly: address === true })
    })
  keys
    .command('export <name>')
    .description('Print the private key, as hexadecimal text.')
    .option('--unsafe', 'yes, print it unencrypted')
    .option(...PASSPHRASE_FILE)
    .action(async (name: string, { unsafe, passphraseFile }: Passphrase & { readonly unsafe?: true }) => {
      const { exportKey } = await import('../keystore/exportKey.ts')
      await exportKey({ io, ...globals(), name, unsafe: unsafe === true, passphraseFile })
    })
  keys
    .command('delete <name>')
    .description('Delete a key; only its words bring it back.')
    .option('--yes', 'do not ask')
    .action(async (name: string, { yes }: { readonly yes?: true }) => {
      const { deleteKey } = await import('../keystore/deleteKey.ts')
      await deleteKey({ io, ...globals(), name, yes: yes === true })
    })
}
