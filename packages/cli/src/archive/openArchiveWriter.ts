import { type FileHandle, open } from 'node:fs/promises'
import { CliError } from '../cliError.ts'
import { type ArchivedRecord, formatArchiveLine } from './archiveLine.ts'
import { type ArchiveIndex, type ArchivePlace, indexArchive, placeKey } from './indexArchive.ts'

/** An archive file that grows. */
export type ArchiveWriter = {
  /** What was wrong with lines that were there. */
  readonly damaged: ArchiveIndex['damaged']
  /** Bytes of a last line cut short that were taken off. */
  readonly mended: number
  /** Records of a topic that stand soundly in the file. */
  readonly count: (topicId: bigint) => number
  /** The sound line of a record: the nonce of the record before it. */
  readonly previousOf: (topicId: bigint, nonce: bigint) => bigint | undefined
  append(record: ArchivedRecord): Promise<void>
  /** Makes durable what was appended. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Records after which what was written is made durable. */
const FLUSH_EVERY = 64
/** What every line begins with. */
const BEGIN = '{"chainId":"'

/**
 * Opens an archive file to append to, and makes one where there is none. A last line that was cut short is taken off.
 * Throws a `CliError` where the file is of another chain or no archive; nothing in it is changed then.
 */
export async function openArchiveWriter(file: string, chainId: string): Promise<ArchiveWriter> {
  const handle = await orUnwritable(file, () => open(file, 'a+'))
  try {
    const index = await indexArchive(file)
    await checkIsArchive(handle, file, index)
    if (index.chainId !== undefined && index.chainId !== chainId) {
      throw new CliError(2, `${file} has records of ${index.chainId}; the node is of ${chainId}. Name another file.`)
    }
    if (index.torn > 0) {
      await handle.truncate(index.size)
      await handle.sync()
    }
    return createWriter(handle, index)
  } catch (error) {
    await handle.close()
    throw error
  }
}

function createWriter(handle: FileHandle, { places, damaged, torn }: ArchiveIndex): ArchiveWriter {
  const sound = [...places.values()].filter((place) => !place.damaged)
  const previous = new Map(sound.map((place) => [keyOf(place), place.previousNonce]))
  const counts = new Map<bigint, number>()
  const count = ({ topicId }: { readonly topicId: bigint }): void => {
    counts.set(topicId, (counts.get(topicId) ?? 0) + 1)
  }
  for (const place of sound) count(place)
  let unsaved = 0
  const flush = async (): Promise<void> => {
    if (unsaved > 0) await handle.sync()
    unsaved = 0
  }
  return {
    damaged,
    mended: torn,
    count: (topicId) => counts.get(topicId) ?? 0,
    previousOf: (topicId, nonce) => previous.get(placeKey(topicId, nonce)),
    async append(record) {
      await handle.appendFile(`${formatArchiveLine(record)}\n`)
      previous.set(keyOf(record), record.previousNonce)
      count(record)
      if (++unsaved >= FLUSH_EVERY) await flush()
    },
    flush,
    close: () => handle.close(),
  }
}

function keyOf({ topicId, nonce }: Pick<ArchivePlace, 'topicId' | 'nonce'>): string {
  return placeKey(topicId, nonce)
}

/** A file with other content keeps it. */
async function checkIsArchive(handle: FileHandle, file: string, { chainId, size, torn }: ArchiveIndex): Promise<void> {
  if (chainId !== undefined || size + torn === 0) return
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGIN.length), 0, BEGIN.length, 0)
  const begin = buffer.toString('latin1', 0, bytesRead)
  if (BEGIN.startsWith(begin)) return
  throw new CliError(2, `${file} is no archive of "starling archive", and is left as it is. Name another file.`)
}

async function orUnwritable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new CliError(3, `The archive ${file} cannot be written: ${what}.`, { cause: error })
  }
}
