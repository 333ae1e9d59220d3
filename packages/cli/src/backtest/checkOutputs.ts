import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CliError } from '../cliError.ts'

/** The files that a command is to write, by the flags that name them, and the one that it reads. */
export type Outputs = {
  readonly file: string | undefined
  readonly out: string | undefined
  readonly plot: string | undefined
}

/**
 * Refuses before the work what could not be written after it, or what would write over the table or over itself. Throws
 * a `CliError`: 2 for names that make no sense, 3 for what cannot be written.
 */
export async function checkOutputs({ file, out, plot }: Outputs): Promise<void> {
  const table = file === undefined || file === '-' ? undefined : await placeOf(file)
  const wanted = [
    { flag: '--out', path: out },
    { flag: '--plot', path: plot },
  ]
  const places = new Map<string, string>()
  for (const { flag, path } of wanted) {
    if (path === undefined) continue
    if (path === '-' || path === '') throw new CliError(2, `${flag} needs the name of a file, got "${path}".`)
    const place = await placeOf(path)
    if (place === table) throw new CliError(2, `${flag} would write over the table itself, ${path}. Name another file.`)
    const other = places.get(place)
    if (other !== undefined) throw new CliError(2, `${other} and ${flag} name the same file, ${path}. Name two.`)
    places.set(place, flag)
    await refuseUnwritable(path)
  }
}

/** Where a path leads, through links, whether it is there or not. */
async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return resolve(path)
  }
}

async function refuseUnwritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true)
    throw new CliError(3, `${path} cannot be written: it is a directory. Name a file in it.`)
  try {
    // A directory is asked as such, so that a file in its place is a fault, too.
    await access(found === undefined ? `${dirname(path)}/` : path, constants.W_OK)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(
      3,
      `${path} cannot be written: ${reason}. Name a file that you may write, in a directory that exists.`,
      { cause: error },
    )
  }
}
