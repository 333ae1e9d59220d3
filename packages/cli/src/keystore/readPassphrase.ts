import { CliError } from '../cliError.ts'
import { askHidden, canAsk } from '../input/askHidden.ts'
import { readText } from '../input/readText.ts'
import type { Io } from '../io.ts'

/** Where a passphrase comes from, and whether it is a new one, which is asked for twice. */
export type PassphraseSource = { readonly file: string | undefined; readonly isNew: boolean }

const MAX_BYTES = 4096
const SHORT = 8

/** The passphrase: of the file that was named, else of `STARLING_PASSPHRASE`, else asked for on the terminal. */
export async function readPassphrase(io: Io, { file, isNew }: PassphraseSource): Promise<string> {
  const passphrase = await find(io, file, isNew)
  if (passphrase === '') throw new CliError(2, 'The passphrase is empty. Choose one that nobody guesses.')
  if (isNew && passphrase.length < SHORT) {
    io.stderr.write(`The passphrase has only ${passphrase.length} characters; who gets the file may guess it.\n`)
  }
  return passphrase
}

async function find(io: Io, file: string | undefined, isNew: boolean): Promise<string> {
  if (file !== undefined) {
    if (file === '-') throw new CliError(2, '--passphrase-file must be a file, not the standard input.')
    return (await readText(file, MAX_BYTES, io)).replace(/\r?\n$/, '')
  }
  const { STARLING_PASSPHRASE: given } = io.env
  if (given !== undefined) return given
  if (!canAsk(io)) {
    throw new CliError(
      2,
      'There is no terminal to ask for the passphrase. Set STARLING_PASSPHRASE or give --passphrase-file FILE.',
    )
  }
  const questions = isNew ? ['New passphrase', 'Again'] : ['Passphrase']
  const [first = '', again = first] = await askHidden(io, questions)
  if (first !== again) throw new CliError(2, 'The two passphrases differ; nothing was changed.')
  return first
}
