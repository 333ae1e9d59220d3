import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

const made: string[] = []

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder that is removed after the test. */
export function tempHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'starling-net-'))
  made.push(folder)
  return folder
}
