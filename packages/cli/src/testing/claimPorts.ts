import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acquireLock } from '@starling/node/store/lockFile'
import { StoreError } from '@starling/node/store/storeError'
import { freePorts } from '../net/freePorts.ts'

const folder = join(tmpdir(), 'starling-ports')
const releases: (() => void)[] = []
process.once('exit', () => {
  for (const release of releases) release()
})

/**
 * Ports at which nobody listens, and which belong to this process until it ends: no other test takes them, also while
 * their server is away.
 */
export function claimPorts(count: number): Promise<readonly number[]> {
  mkdirSync(folder, { recursive: true })
  return freePorts(count, (port) => {
    try {
      releases.push(acquireLock(join(folder, String(port))))
      return true
    } catch (error) {
      // Of two that find the lock of a dead process at once, one finds it gone.
      if (error instanceof StoreError || isGone(error)) return false
      throw error
    }
  })
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EEXIST')
}
