// determinism-allow-file: the lock of the state directory, which no block can see
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { hasErrorCode } from './fileErrors.ts'
import { StoreError } from './storeError.ts'

const heldHere = new Set<string>()

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasErrorCode(error, 'EPERM')
  }
}

/** True where the lock's owner still runs. Our own pid in a lock we do not hold is an earlier life's (containers reuse pids). */
function isHeld(content: string): boolean {
  const pid = Number(content)
  return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid)
}

function refuse(file: string, owner: string): never {
  throw new StoreError(
    'LOCKED',
    `state directory is in use by process ${owner} (${file}); expected no other user: stop that node, or remove the file if that process is no node`,
  )
}

/** Takes a dead owner's lock away; of two processes that try, one gets it. */
function removeStale(file: string): void {
  const content = readFileSync(file, 'utf8').trim()
  if (isHeld(content)) refuse(file, content)
  const aside = `${file}.${process.pid}`
  renameSync(file, aside)
  const taken = readFileSync(aside, 'utf8').trim()
  if (taken !== content) {
    linkSync(aside, file)
    unlinkSync(aside)
    refuse(file, taken)
  }
  unlinkSync(aside)
}

/** Takes the lock or throws `StoreError` LOCKED; returns what releases it. */
export function acquireLock(path: string): () => void {
  const file = resolve(path)
  if (heldHere.has(file)) refuse(file, `${process.pid}, this one`)
  const create = (): void => writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
  try {
    create()
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error
    removeStale(file)
    create()
  }
  heldHere.add(file)
  return () => {
    if (!heldHere.delete(file)) return
    unlinkSync(file)
  }
}
