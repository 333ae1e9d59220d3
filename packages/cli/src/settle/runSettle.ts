import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { parseJson } from '../input/parseJson.ts'
import { nameOfInput, readText } from '../input/readText.ts'
import type { Io } from '../io.ts'
import { paintFor } from '../output/paintFor.ts'
import { printJson } from '../output/printJson.ts'
import { formatSummary } from './formatSummary.ts'
import { readInput } from './readInput.ts'
import { toOutput } from './toOutput.ts'

/** A state of a thousand workers who all withheld each other once has some tens of megabytes. */
const MAX_BYTES = 256 * 1024 * 1024
const MOST_WARNINGS = 10

/** Reads an epoch, settles it and prints the outcome. */
export async function runSettle(options: {
  readonly io: Io
  readonly json: boolean
  readonly input: string
  readonly skipInvalid: boolean
}): Promise<void> {
  const { io, skipInvalid } = options
  const name = nameOfInput(options.input)
  const document = parseJson(await readText(options.input, MAX_BYTES, io), name)
  const onUnknown = (paths: readonly string[]) => sayUnknown(io, name, paths)
  const { input, skipped } = readInput(document, { name, skipInvalid, onUnknown })
  const output = toOutput(input, settleEpoch(input), skipped)
  if (options.json) printJson(io, output)
  else io.stdout.write(formatSummary(output, paintFor(io.stdout, io.env)))
}

function sayUnknown({ stderr }: Io, name: string, unknown: readonly string[]): void {
  for (const path of unknown.slice(0, MOST_WARNINGS)) stderr.write(`${name}: ${path} is not known and was not used.\n`)
  const more = unknown.length - MOST_WARNINGS
  if (more > 0) stderr.write(`${name}: ${more} more fields are not known and were not used.\n`)
}
