import { CliError } from '../cliError.ts'

/** What `--cors` names: an origin of web pages, or `*` for all. Throws a `CliError` where it is neither. */
export function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined || text === '*') return text
  if (URL.canParse(text) && new URL(text).origin === text) return text
  throw new CliError(2, `--cors must be an origin such as https://example.com, or *, got "${text}".`)
}
