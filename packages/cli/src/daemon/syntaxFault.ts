import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'

const LONGEST_MS = 10_000

/** Where a JavaScript file is no JavaScript, as the end of a sentence; undefined where it is, or cannot be told. */
export function syntaxFault(file: string): string | undefined {
  const checked = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: LONGEST_MS, env: {} })
  if (checked.status === 0 || typeof checked.stderr !== 'string') return undefined
  const [, reason] = /^(SyntaxError: .*)$/m.exec(checked.stderr) ?? []
  const [, line] = /:([0-9]+)$/m.exec(checked.stderr) ?? []
  return reason === undefined || line === undefined ? undefined : `${reason} (${basename(file)}, line ${line})`
}
