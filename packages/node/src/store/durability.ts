// determinism-allow-file: when the disk is told to write; what is stored is the same
import { closeSync, fsyncSync, openSync } from 'node:fs'

/**
 * When what was committed is certain to be on disk: with each block, so that a failing power supply costs nothing, or
 * when the store is closed, for runs that can be repeated. A process that dies costs nothing either way.
 */
export type Durability = 'each-block' | 'at-close'

/** Waits until the disk has all of a file. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
