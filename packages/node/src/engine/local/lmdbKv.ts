import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import { checkDataFile, noteDataSize } from '../../store/checkDataFile.ts'
import { type Durability, syncFile } from '../../store/durability.ts'
import { MAP_OPTIONS } from '../../store/mapOptions.ts'
import type { OrderedKv } from './orderedKv.ts'

const FILE = 'blocks.mdb'

/** Opens (or creates) the ordered key-value store in a directory. */
export function openLmdbKv(directory: string, durability: Durability): OrderedKv {
  mkdirSync(directory, { recursive: true })
  checkDataFile(directory, FILE)
  const path = join(directory, FILE)
  const db = open<Buffer, Buffer>({
    path,
    keyEncoding: 'binary',
    encoding: 'binary',
    // With overlapping sync a commit returns before the disk has it; a block must not.
    overlappingSync: false,
    ...MAP_OPTIONS,
    noSync: durability === 'at-close',
  })
  let size = noteDataSize(directory, 0, FILE)
  return {
    get(key) {
      const value = db.get(Buffer.from(key))
      return value === undefined ? undefined : new Uint8Array(value)
    },
    keys({ start, end }) {
      const range = db.getKeys({ start: Buffer.from(start), end: Buffer.from(end) })
      return Array.from(range, (key) => new Uint8Array(key))
    },
    entries({ start, end }) {
      const range = db.getRange({ start: Buffer.from(start), end: Buffer.from(end) })
      return Array.from(range, ({ key, value }) => [new Uint8Array(key), new Uint8Array(value)] as const)
    },
    write(entries) {
      db.transactionSync(() => {
        for (const [key, value] of entries) db.putSync(Buffer.from(key), Buffer.from(value))
      })
      size = noteDataSize(directory, size, FILE)
    },
    close() {
      void db.close()
      if (durability === 'at-close') syncFile(path)
    },
  }
}
