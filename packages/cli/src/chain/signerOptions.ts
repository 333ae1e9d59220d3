import type { Command } from 'commander'

/** Declares how a user says which key signs. */
export function addSignerOptions(command: Command, fallback: string): Command {
  return command
    .option('--key <name>', 'the key of the home folder that signs')
    .option('--passphrase-file <file>', 'its passphrase (else env STARLING_PASSPHRASE, else asked for)')
    .option('--from <name>', `local network only: sign as an account of its seed (default ${fallback})`)
}
