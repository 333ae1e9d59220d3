import { newMnemonic, walletFromMnemonic } from '@starling/sdk/wallet/walletFromMnemonic'
import { askHidden, canAsk } from '../input/askHidden.ts'
import { readText } from '../input/readText.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { withSpinner } from '../output/withSpinner.ts'
import { openKeyStore } from './keyStore.ts'
import { readPassphrase } from './readPassphrase.ts'
import { sealKey } from './sealKey.ts'

const MAX_BYTES = 4096

/** Makes a key, or brings one back from its words, and writes it encrypted. Nothing is written unless all is well. */
export async function addKey(options: {
  readonly io: Io
  readonly json: boolean
  readonly home: string
  readonly name: string
  readonly recover: boolean
  readonly passphraseFile: string | undefined
}): Promise<void> {
  const { io, name, recover } = options
  const store = openKeyStore(options.home)
  await store.assertFree(name)
  const words = recover ? await readWords(io) : newMnemonic()
  const wallet = walletFromMnemonic(words)
  const passphrase = await readPassphrase(io, { file: options.passphraseFile, isNew: true })
  const file = await withSpinner(io, 'Encrypting the key', sealKey({ name, privateKey: wallet.privateKey }, passphrase))
  await store.add(file)
  if (!recover)
    io.stderr.write(`These words are the key. They are shown this once and stored nowhere: write them down.\n`)
  if (options.json) printJson(io, { name, address: file.address, ...(recover ? {} : { mnemonic: words }) })
  else {
    if (!recover) io.stderr.write(`\n  ${words}\n\n`)
    io.stdout.write(`${file.address}\n`)
  }
}

/** Typed in without being shown, or piped in. The wallet judges them. */
async function readWords(io: Io): Promise<string> {
  if (!canAsk(io)) return readText('-', MAX_BYTES, io)
  const [words = ''] = await askHidden(io, ['The words of the key'])
  return words
}
