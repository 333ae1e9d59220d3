import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { withSpinner } from '../output/withSpinner.ts'
import { openKeyStore } from './keyStore.ts'
import { readPassphrase } from './readPassphrase.ts'
import { openKey } from './sealKey.ts'

/** A key that signs. */
export type UnlockedKey = { readonly address: string; readonly privateKey: Uint8Array }

/**
 * Decrypts a key of the home folder, asking for its passphrase where need be. Throws a `CliError` where the key does not
 * exist, is damaged, or the passphrase is wrong.
 */
export async function unlockKey(
  io: Io,
  options: { readonly home: string; readonly name: string; readonly passphraseFile?: string | undefined },
): Promise<UnlockedKey> {
  const file = await openKeyStore(options.home).read(options.name)
  const passphrase = await readPassphrase(io, { file: options.passphraseFile, isNew: false })
  const privateKey = await withSpinner(io, 'Decrypting the key', openKey(file, passphrase))
  if (privateKey === undefined) {
    throw new CliError(2, `The passphrase of the key "${options.name}" is wrong, or its file was changed.`)
  }
  return { address: file.address, privateKey }
}
