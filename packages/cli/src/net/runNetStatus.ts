import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { collectStatus } from './collectStatus.ts'
import { formatStatus } from './formatStatus.ts'
import { requireNetPlan } from './netPlan.ts'

/** Shows every node of the network in a home folder. */
export async function runNetStatus({
  io,
  home,
  json,
}: {
  readonly io: Io
  readonly home: string
  readonly json: boolean
}): Promise<void> {
  const status = await collectStatus(home, requireNetPlan(home))
  if (json) printJson(io, status)
  else io.stdout.write(formatStatus(status))
}
