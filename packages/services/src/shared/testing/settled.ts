import { setImmediate } from 'node:timers/promises'

/** Lets everything run that can run without time passing. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate()
}
