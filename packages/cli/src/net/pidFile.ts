import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { processIdentity } from './processIdentity.ts'

/** A process that runs and is the one that was written down. */
export type KnownProcess = { readonly pid: number; readonly identity: string }

/** Writes down a process that was just started; does nothing where it has ended already. */
export function writePidFile(file: string, pid: number): void {
  const identity = processIdentity(pid)
  if (identity === undefined) return
  writeFileSync(`${file}.new`, `${JSON.stringify({ pid, identity })}\n`)
  renameSync(`${file}.new`, file)
}

/** The process of a pid file; undefined where it has ended, also where another has its number by now. */
export function readPidFile(file: string): KnownProcess | undefined {
  const known = parse(file)
  return known !== undefined && isSame(known) ? known : undefined
}

/** Forgets a process that has ended. */
export function removePidFile(file: string): void {
  rmSync(file, { force: true })
}

/** True while this very process runs. */
export function isSame({ pid, identity }: KnownProcess): boolean {
  return processIdentity(pid) === identity
}

/** Sends a signal to this very process and to no other that has its number by now. */
export function signalProcess(known: KnownProcess, signal: NodeJS.Signals): void {
  if (!isSame(known)) return
  try {
    process.kill(known.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function parse(file: string): KnownProcess | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof read !== 'object' || read === null || !('pid' in read) || !('identity' in read)) return undefined
    const { pid, identity } = read
    return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 && typeof identity === 'string'
      ? { pid, identity }
      : undefined
  } catch {
    return undefined
  }
}
