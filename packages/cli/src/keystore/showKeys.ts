import type { Io } from '../io.ts'
import { formatTable } from '../output/formatTable.ts'
import { printJson } from '../output/printJson.ts'
import { openKeyStore } from './keyStore.ts'

type Options = { readonly io: Io; readonly json: boolean; readonly home: string }

/** Prints the keys of the home folder. A damaged one is named on stderr and hides none of the others. */
export async function showKeys({ io, json, home }: Options): Promise<void> {
  const keys = await openKeyStore(home).list()
  for (const key of keys) {
    if ('fault' in key)
      io.stderr.write(`The file of the key "${key.name}" cannot be used: ${key.fault}. ${key.remedy}\n`)
  }
  if (json) {
    const shown = keys.map((key) =>
      'file' in key
        ? { name: key.name, address: key.file.address, publicKey: key.file.publicKey }
        : { name: key.name, address: null, publicKey: null, reason: key.fault },
    )
    return printJson(io, shown)
  }
  const rows = keys.flatMap((key) => ('file' in key ? [[key.name, key.file.address]] : []))
  if (keys.length === 0) io.stderr.write('There is no key yet. Make one with "starling keys add NAME".\n')
  if (rows.length > 0) io.stdout.write(formatTable([{ head: 'name' }, { head: 'address' }], rows))
}

/** Prints one key, or its address alone. */
export async function showKey(
  options: Options & { readonly name: string; readonly addressOnly: boolean },
): Promise<void> {
  const { io, json, home } = options
  const { name, address, publicKey } = await openKeyStore(home).read(options.name)
  if (options.addressOnly && !json) io.stdout.write(`${address}\n`)
  else if (json) printJson(io, { name, address, publicKey })
  else
    io.stdout.write(
      formatTable([{ head: 'name' }, { head: 'address' }, { head: 'public key' }], [[name, address, publicKey]]),
    )
}
