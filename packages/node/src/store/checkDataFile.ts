// determinism-allow-file: looks at the file before it is opened; no block can see it
import { closeSync, constants, existsSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { damaged } from './metaRecord.ts'

const MAGIC = 'dec0efbe'
const MAGIC_OFFSET = 24

/** Smallest size that the data file may have: LMDB never shrinks it, so an old figure stays true. */
function readLeastSize(path: string): number {
  const file = join(path, 'size')
  if (!existsSync(file)) return 0
  const size = Number(readFileSync(file, 'utf8'))
  return Number.isSafeInteger(size) ? size : 0
}

/**
 * Looks at the data file before LMDB maps it, because LMDB crashes the process on a foreign or shortened one.
 * Returns true where a state was written there before.
 */
export function checkDataFile(path: string, name: string = 'data.mdb'): boolean {
  const file = join(path, name)
  const least = readLeastSize(path)
  if (!existsSync(file)) {
    if (least > 0) throw damaged(path, `its ${name} is missing`)
    return false
  }
  const { size } = statSync(file)
  if (size < least) throw damaged(path, `its ${name} has ${size} bytes, expected at least ${least}`)
  const head = Buffer.alloc(MAGIC_OFFSET + 4)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, head, 0, head.length, 0)
  } finally {
    closeSync(descriptor)
  }
  if (head.toString('hex', MAGIC_OFFSET) !== MAGIC) throw damaged(path, `its ${name} is not an LMDB file`)
  return least > 0
}

/**
 * Notes the data file's size where it grew past `known`; returns the size now noted. A failure to write the note is no
 * failure of the commit before it: the older, smaller figure stays true.
 */
export function noteDataSize(path: string, known: number, name: string = 'data.mdb'): number {
  const { size } = statSync(join(path, name))
  if (size <= known) return known
  try {
    // In place: so few bytes are written whole or not at all, and a file renamed for each commit would cost more than it.
    const note = openSync(join(path, 'size'), constants.O_RDWR | constants.O_CREAT, 0o644)
    try {
      writeSync(note, `${String(size).padStart(16)}\n`, 0)
    } finally {
      closeSync(note)
    }
    return size
  } catch {
    return known
  }
}
