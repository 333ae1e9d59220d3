import { CliError } from '../cliError.ts'
import { parseArchiveLine } from './archiveLine.ts'
import { readLines } from './readLines.ts'

/** Where a record stands in an archive file. */
export type ArchivePlace = {
  readonly topicId: bigint
  readonly nonce: bigint
  readonly previousNonce: bigint
  readonly offset: number
  readonly length: number
  readonly line: number
  /** The line is not what was written, though it still says a record. */
  readonly damaged: boolean
}

/** A line that is not what was written, and the record it says, if it says one. */
export type DamagedLine = { readonly line: number; readonly topicId?: bigint; readonly nonce?: bigint }

/** What stands where in an archive file. */
export type ArchiveIndex = {
  /** Undefined for a file without a sound line. */
  readonly chainId: string | undefined
  /** By `placeKey`; of several lines with one record the first sound one. */
  readonly places: ReadonlyMap<string, ArchivePlace>
  readonly damaged: readonly DamagedLine[]
  /** Bytes up to the end of the last whole line. */
  readonly size: number
  /** Bytes of a last line that was cut short. */
  readonly torn: number
}

/** The key of a record in an index. */
export function placeKey(topicId: bigint, nonce: bigint): string {
  return `${topicId}/${nonce}`
}

/** Reads an archive file through once. Throws a `CliError` 2 where it holds records of several chains. */
export async function indexArchive(file: string): Promise<ArchiveIndex> {
  const places = new Map<string, ArchivePlace>()
  const damaged: DamagedLine[] = []
  let chainId: string | undefined
  let size = 0
  let torn = 0
  for await (const { bytes, offset, number, ended } of readLines(file)) {
    if (!ended) {
      torn = bytes.length
      break
    }
    size = offset + bytes.length + 1
    const parsed = parseArchiveLine(bytes.toString('utf8'))
    const { record } = parsed
    if (parsed.damaged) damaged.push({ line: number, ...(record === undefined ? {} : idOf(record)) })
    if (record === undefined) continue
    if (!parsed.damaged) chainId = sameChain(file, number, chainId, record.chainId)
    const key = placeKey(record.topicId, record.nonce)
    if (places.get(key)?.damaged === false || (parsed.damaged && places.has(key))) continue
    const where = { offset, length: bytes.length, line: number, damaged: parsed.damaged }
    places.set(key, { ...idOf(record), previousNonce: record.previousNonce, ...where })
  }
  return { chainId, places, damaged, size, torn }
}

function idOf({ topicId, nonce }: { readonly topicId: bigint; readonly nonce: bigint }): {
  readonly topicId: bigint
  readonly nonce: bigint
} {
  return { topicId, nonce }
}

function sameChain(file: string, line: number, known: string | undefined, chainId: string): string {
  if (known === undefined || known === chainId) return chainId
  const what = `${file} has records of ${known} and, in line ${line}, of ${chainId}`
  throw new CliError(2, `${what}: an archive is of one chain. Keep those of each in a file of their own.`)
}
