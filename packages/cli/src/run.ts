import type { Io } from './io.ts'
import { createProgram } from './program.ts'
import { reportError } from './reportError.ts'

/**
 * Runs one command line, without the program's own name, and resolves to the exit code. Never rejects: a failure becomes
 * sentences on stderr.
 *
 * @example
 * process.exitCode = await run(['settle', '--input', 'epoch.json'], process)
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    return reportError(error, io, argv.includes('--debug'))
  }
}
