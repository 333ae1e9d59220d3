import { open } from 'node:fs/promises'
import type { OldRecords } from '@starling/sdk/records/types'
import { CliError } from '../cliError.ts'
import { parseArchiveLine } from './archiveLine.ts'
import { type ArchiveIndex, type ArchivePlace, indexArchive, placeKey } from './indexArchive.ts'

/** An archive file that is read beside a node. Its name is its path. */
export type Archive = OldRecords & {
  /** True where the file gave the record of a nonce. */
  gave(topicId: bigint, nonce: bigint): boolean
  /** What is wrong with the file, in one sentence; undefined where nothing is. */
  readonly fault: string | undefined
  /** True where a line that is not what was written gave a record. */
  usedDamage(): boolean
}

/** Opens an archive file for reading. Throws a `CliError` where it cannot be read or is of another chain. */
export async function openArchive(file: string, chainId: string): Promise<Archive> {
  const index = await orUnreadable(file, () => indexArchive(file))
  if (index.chainId !== undefined && index.chainId !== chainId) {
    throw new CliError(2, `${file} has records of ${index.chainId}; the node is of ${chainId}. Give the file of that.`)
  }
  const given = new Map<string, ArchivePlace>()
  return {
    name: file,
    async read(topicId, nonce) {
      const place = index.places.get(placeKey(topicId, nonce))
      if (place === undefined) return undefined
      given.set(placeKey(topicId, nonce), place)
      return orUnreadable(file, () => readPlace(file, place))
    },
    gave: (topicId, nonce) => given.has(placeKey(topicId, nonce)),
    fault: describeDamage(file, index),
    usedDamage: () => [...given.values()].some(({ damaged }) => damaged),
  }
}

/** The lines of an archive that are not what was written, in one sentence; undefined where there is none. */
export function describeDamage(file: string, { damaged }: Pick<ArchiveIndex, 'damaged'>): string | undefined {
  const lines = damaged.slice(0, 3).map(({ line, topicId, nonce }) => {
    return topicId === undefined ? `${line}` : `${line} (topic ${topicId}, epoch ${nonce})`
  })
  if (lines.length === 0) return undefined
  const more = damaged.length > 3 ? ` and ${damaged.length - 3} more` : ''
  const which = damaged.length === 1 ? `line ${lines} is` : `lines ${lines.join(', ')}${more} are`
  return `${file} is damaged: ${which} not what "starling archive" wrote. Get another copy of it.`
}

async function readPlace(file: string, { offset, length }: ArchivePlace): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r')
  try {
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, offset)
    return parseArchiveLine(buffer.toString('utf8')).record?.bytes
  } finally {
    await handle.close()
  }
}

async function orUnreadable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CliError || !(error instanceof Error)) throw error
    throw new CliError(3, `The archive ${file} cannot be read: ${error.message}.`, { cause: error })
  }
}
