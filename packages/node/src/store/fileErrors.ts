// determinism-allow-file: names errors of the disk, on which the node stops
import { statfsSync } from 'node:fs'
import { StoreError } from './storeError.ts'

/** LMDB's MDB_MAP_FULL. */
const MAP_FULL = -30792

/** True for a system error of that code. */
export function hasErrorCode(error: unknown, code: string | number): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Less free space than this beside an input/output error means that the disk is full. */
const LITTLE_SPACE = 1 << 20

/** LMDB reports a write cut short by a full disk as EIO (5), like a broken disk. */
function isCutShort(error: unknown, path: string): boolean {
  if (!hasErrorCode(error, 5)) return false
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize < LITTLE_SPACE
}

/** A full disk as `StoreError` FULL; anything else as it came. */
export function nameFullDisk(error: unknown, path: string): unknown {
  const isFull =
    isCutShort(error, path) ||
    ['ENOSPC', 'EDQUOT', 28, 122, MAP_FULL].some((code) => hasErrorCode(error, code)) ||
    (error instanceof Error && /no space left|quota exceeded|MDB_MAP_FULL/i.test(error.message))
  if (!isFull) return error
  const message = `no space left to write ${path}; the last committed state is intact: free space on that disk and start again`
  return new StoreError('FULL', message, { cause: error })
}
