import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { paintFor } from '../output/paintFor.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'
import { withSpinner } from '../output/withSpinner.ts'
import { checkMachine } from './checkMachine.ts'
import { checkNode } from './checkNode.ts'
import type { Finding } from './finding.ts'

/** Checks everything and prints what was found, with what to do. Throws a `CliError` 1 where something is wrong. */
export async function runDoctor(options: Globals & { readonly io: Io; readonly waitMs: number }): Promise<void> {
  const { io, json, home } = options
  const work = Promise.all([checkMachine(home), withClient(options, (client) => checkNode(client, options))])
  const findings = (await withSpinner(io, 'Looking around', work)).flat()
  const failed = findings.filter(({ status }) => status === 'fail').length
  if (json) printJson(io, { healthy: failed === 0, findings })
  else io.stdout.write(findings.map((one) => formatFinding(one, io)).join(''))
  if (failed > 0) throw new CliError(1, `Unhealthy: ${failed} of ${findings.length} checks failed.`)
}

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const

function formatFinding({ check, status, found, advice }: Finding, io: Io): string {
  const head = paintFor(io.stdout, io.env)(colours[status], status.padEnd(4))
  const text = `${head}  ${check.padEnd(11)}  ${printable(found)}\n`
  return advice === '' ? text : `${text}${' '.repeat(19)}${advice}\n`
}
