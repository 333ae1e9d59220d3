import { createInterface } from 'node:readline/promises'
import { CliError } from '../cliError.ts'
import { canAsk } from '../input/askHidden.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { openKeyStore } from './keyStore.ts'

/** Deletes a key after its name was typed again, or at once with `yes`. */
export async function deleteKey(options: {
  readonly io: Io
  readonly json: boolean
  readonly home: string
  readonly name: string
  readonly yes: boolean
}): Promise<void> {
  const { io, name } = options
  const store = openKeyStore(options.home)
  if (!options.yes) await confirm(io, name)
  await store.remove(name)
  io.stderr.write(`The key "${name}" is deleted.\n`)
  if (options.json) printJson(io, { name, deleted: true })
}

async function confirm(io: Io, name: string): Promise<void> {
  if (!canAsk(io)) throw new CliError(2, `Deleting cannot be undone. Give --yes to delete the key "${name}".`)
  const terminal = createInterface({ input: io.stdin, output: io.stderr })
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  try {
    const question = terminal.question(`Only its words bring a key back. Type its name to delete it: `)
    const typed = await Promise.race([question, closed])
    if (typed.trim() !== name) throw new CliError(2, 'That is not its name; nothing was changed.')
  } finally {
    terminal.close()
  }
}
