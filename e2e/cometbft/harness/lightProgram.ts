import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Scope } from '../../harness/scope.ts'

const SOURCE = fileURLToPath(new URL('../../light/', import.meta.url))
const runFile = promisify(execFile)

/** What CometBFT's light client has verified, a line for each thing. */
export type AskLight = (...args: readonly string[]) => Promise<readonly LightLine[]>
type LightLine = { readonly height: number; readonly hash: string; readonly appHash: string; readonly value: string }

/** Builds the program of `e2e/light`, which rejects what CometBFT's light client or the Cosmos SDK's proof runtime do. */
export async function buildLight(scope: Scope): Promise<AskLight> {
  const program = join(scope.folder(), 'light')
  await runFile('go', ['build', '-o', program, '.'], { cwd: SOURCE })
  return async (...args) => {
    const { stdout } = await runFile(program, args)
    const lines = stdout.trim().split('\n')
    return lines.map((line) => JSON.parse(line))
  }
}
