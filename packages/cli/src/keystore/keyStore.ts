import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from '../cliError.ts'
import { formatKeyFile, type KeyFile, parseKeyFile } from './keyFile.ts'

/** Lower case, so that no two names are one file where the file system ignores case. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/

/** A key of the store, or why its file cannot be read. */
export type ListedKey = { readonly name: string } & (
  | { readonly file: KeyFile }
  /** What is wrong, and what to do about it. */
  | { readonly fault: string; readonly remedy: string }
)

/** The encrypted keys of a home folder, one file each. All methods throw a `CliError`. */
export type KeyStore = {
  /** Throws unless the name is legal and still free. */
  readonly assertFree: (name: string) => Promise<void>
  /** Writes a new key; of several processes with one name only the first succeeds. */
  readonly add: (file: KeyFile) => Promise<void>
  readonly read: (name: string) => Promise<KeyFile>
  /** By name; what is damaged is listed with its fault. */
  readonly list: () => Promise<readonly ListedKey[]>
  readonly remove: (name: string) => Promise<void>
}

/** The key store of a home folder, which need not exist yet. */
export function openKeyStore(home: string): KeyStore {
  const folder = join(home, 'keys')
  const pathOf = (name: string): string => join(folder, `${checkName(name)}.json`)
  const list = () => listKeys(folder)
  return {
    list,
    assertFree: async (name) => {
      const path = pathOf(name)
      if (await exists(path)) throw taken(name, path)
    },
    add: (file) => addFile(folder, pathOf(file.name), file),
    read: async (name) => {
      const path = pathOf(name)
      const read = await readKey(name, path)
      if (read === undefined) throw await unknownKey(name, list)
      if ('fault' in read) throw new CliError(3, `The key file ${path} cannot be used: ${read.fault}. ${read.remedy}`)
      return read.file
    },
    remove: async (name) => {
      const path = pathOf(name)
      if (!(await exists(path))) throw await unknownKey(name, list)
      await attempt(path, 'deleted', () => rm(path))
    },
  }
}

async function addFile(folder: string, path: string, file: KeyFile): Promise<void> {
  await attempt(folder, 'made', () => mkdir(folder, { recursive: true, mode: 0o700 }))
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') throw taken(file.name, path)
    throw failure(path, 'written', error)
  })
  try {
    await handle.writeFile(formatKeyFile(file))
    await handle.sync()
  } catch (error) {
    // Half a key would only take the name.
    await rm(path, { force: true })
    throw failure(path, 'written', error)
  } finally {
    await handle.close()
  }
}

async function listKeys(folder: string): Promise<readonly ListedKey[]> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw failure(folder, 'read', error)
  })
  const names = entries.flatMap((entry) => (entry.endsWith('.json') ? [entry.slice(0, -'.json'.length)] : []))
  const keys: ListedKey[] = []
  for (const name of names.filter((one) => NAME.test(one)).sort()) {
    const key = await readKey(name, join(folder, `${name}.json`))
    if (key !== undefined) keys.push(key)
  }
  return keys
}

/** For a file that holds no key any more. */
const RECOVER = 'Recover the key from its words: "starling keys add NAME --recover" under another name.'

/** The key of a file; undefined where there is no file. */
async function readKey(name: string, path: string): Promise<ListedKey | undefined> {
  let text: string
  let isPrivate: boolean
  try {
    text = await readFile(path, 'utf8')
    // Windows has no such modes; its folders of users are closed to others.
    isPrivate = process.platform === 'win32' || ((await stat(path)).mode & 0o077) === 0
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    const fault = error instanceof Error ? error.message : String(error)
    return { name, fault, remedy: `Make ${path} readable for yourself.` }
  }
  const file = parseKeyFile(text)
  if ('fault' in file) return { name, fault: file.fault, remedy: RECOVER }
  if (file.name !== name) return { name, fault: `it holds the key "${file.name}"`, remedy: RECOVER }
  if (isPrivate) return { name, file }
  return { name, fault: 'other users can read it', remedy: `Run "chmod 600 ${path}".` }
}

function checkName(name: string): string {
  if (NAME.test(name)) return name
  throw new CliError(
    2,
    `A key's name has 1 to 64 characters of a-z 0-9 _ - and begins with a letter or digit, got "${name}".`,
  )
}

async function unknownKey(name: string, list: KeyStore['list']): Promise<CliError> {
  const names = (await list()).map((key) => key.name)
  const hint = names.length === 0 ? 'Make one with "starling keys add NAME".' : `There are: ${names.join(', ')}.`
  return new CliError(2, `There is no key "${name}". ${hint}`)
}

function taken(name: string, path: string): CliError {
  return new CliError(2, `There is a key "${name}" already (${path}). Choose another name; nothing was changed.`)
}

async function exists(path: string): Promise<boolean> {
  return (await readKey('', path)) !== undefined
}

async function attempt<T>(path: string, done: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failure(path, done, error)
  }
}

function failure(path: string, done: string, error: unknown): CliError {
  const reason = error instanceof Error ? error.message : String(error)
  return new CliError(3, `${path} cannot be ${done}: ${reason}.`, { cause: error })
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
