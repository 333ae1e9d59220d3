import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { netDirectory, nodePaths } from './netPaths.ts'
import { portsOf, requireNetPlan } from './netPlan.ts'
import type { Role } from './role.ts'

/** Of which logs, how much, and whether it goes on. */
export type NetLogsOptions = {
  readonly io: Io
  readonly home: string
  readonly node: number
  readonly roles: readonly Role[]
  readonly lines: number
  readonly follow: boolean
  readonly stop: AbortSignal
}

const LOOK_MS = 250
/** Bytes read at once; of a log's end no more is looked at. */
const CHUNK = 2 ** 20

/** Prints the ends of a node's logs, and with `follow` what is added to them. */
export async function runNetLogs(options: NetLogsOptions): Promise<void> {
  const { io, home, node, roles, lines, follow, stop } = options
  portsOf(requireNetPlan(home), node)
  const paths = nodePaths(netDirectory(home), node)
  const files = roles.map((role) => ({ role, file: paths.log(role), at: 0 }))
  const found = files.filter(({ file }) => existsSync(file))
  if (found.length === 0) {
    throw new CliError(
      3,
      `Node ${node} has no log yet: it was never started. Start the network with "starling net up".`,
    )
  }
  const prefix = (role: Role): string => (roles.length > 1 ? `${role.padEnd(6)} | ` : '')
  for (const one of found) {
    one.at = sizeOf(one.file)
    const text = readFrom(one.file, Math.max(0, one.at - CHUNK), one.at)
    for (const line of text.split('\n').slice(0, -1).slice(-lines)) io.stdout.write(`${prefix(one.role)}${line}\n`)
  }
  while (follow && !stop.aborted) {
    await wait(LOOK_MS, undefined, { signal: stop }).catch(() => undefined)
    for (const one of files) printNew(io, one, prefix(one.role))
  }
}

/** Prints the whole lines that are new. */
function printNew(io: Io, one: { readonly role: Role; readonly file: string; at: number }, prefix: string): void {
  const size = sizeOf(one.file)
  // A log that was set aside begins anew.
  if (size < one.at) one.at = 0
  const text = readFrom(one.file, one.at, Math.min(size, one.at + CHUNK))
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  one.at += Buffer.byteLength(whole)
  for (const line of whole.split('\n').slice(0, -1)) io.stdout.write(`${prefix}${line}\n`)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function readFrom(file: string, from: number, to: number): string {
  if (to <= from) return ''
  const buffer = Buffer.alloc(to - from)
  const handle = openSync(file, 'r')
  try {
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, from))
  } finally {
    closeSync(handle)
  }
}
