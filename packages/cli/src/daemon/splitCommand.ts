import { CliError } from '../cliError.ts'

const PART = /"([^"]*)"|'([^']*)'|([^\s"']+)/g

/**
 * The program and arguments of a command line: words apart by spaces, with "…" or '…' around those that have some.
 * Nothing is expanded, as no shell runs it. Throws a `CliError` where there is no program.
 */
export function splitCommand(text: string): readonly [program: string, ...args: string[]] {
  const words = text
    .trim()
    .split(/\s+(?=(?:[^"']|"[^"]*"|'[^']*')*$)/)
    .map((word) => word.replace(PART, (_, double = '', single = '', bare = '') => `${double}${single}${bare}`))
  const [program = '', ...args] = words
  if (program === '') throw new CliError(2, '--command must be a program with its arguments, as in "python3 model.py".')
  return [program, ...args]
}
