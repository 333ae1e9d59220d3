import { setTimeout as wait } from 'node:timers/promises'
import { isSame, type KnownProcess, signalProcess } from './pidFile.ts'

const LOOK_MS = 50

/** Asks a process to end, and ends it by force where it has not within `patienceMs`. Resolves once it is gone. */
export async function endProcess(known: KnownProcess, patienceMs: number): Promise<void> {
  signalProcess(known, 'SIGTERM')
  if (await isGone(known, patienceMs)) return
  signalProcess(known, 'SIGKILL')
  await isGone(known, patienceMs)
}

/** Waits until a process has ended; false where it has not within `patienceMs`. */
export async function isGone(known: KnownProcess, patienceMs: number): Promise<boolean> {
  for (const end = Date.now() + patienceMs; isSame(known); await wait(LOOK_MS)) {
    if (Date.now() >= end) return false
  }
  return true
}
