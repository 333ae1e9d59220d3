import { StarlingError } from '@starling/sdk/starlingError'
import { CliError } from '../cliError.ts'
import type { Archive } from './openArchive.ts'

/** Does what reads records; one that is missing from a damaged archive is a `CliError` 1 that names the lines. */
export async function blameArchive<T>(archive: Archive | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isMissing = error instanceof StarlingError && error.kind === 'not-found'
    if (!isMissing || archive?.fault === undefined) throw error
    throw new CliError(1, `${error.message} ${archive.fault}`, { cause: error })
  }
}
