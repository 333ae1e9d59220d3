import { toHex } from '@starling/protocol/bytes/hex'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { unlockKey } from './unlockKey.ts'

/** Prints a private key, where that was confirmed. */
export async function exportKey(options: {
  readonly io: Io
  readonly json: boolean
  readonly home: string
  readonly name: string
  readonly unsafe: boolean
  readonly passphraseFile: string | undefined
}): Promise<void> {
  const { io, name } = options
  if (!options.unsafe) {
    throw new CliError(2, 'Whoever reads a private key owns what it owns. Give --unsafe to print it unencrypted.')
  }
  const { address, privateKey } = await unlockKey(io, options)
  if (options.json) printJson(io, { name, address, privateKey: toHex(privateKey) })
  else io.stdout.write(`${toHex(privateKey)}\n`)
}
