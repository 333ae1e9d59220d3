import { spawnSync } from 'node:child_process'
import { STARLING } from './launch.ts'

/** Builds what is missing, so that no test waits for the compiler; throws where that is impossible. */
export function setup(): void {
  const { status, stderr } = spawnSync(process.execPath, [STARLING, '--version'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`starling cannot be built:\n${stderr}`)
}
