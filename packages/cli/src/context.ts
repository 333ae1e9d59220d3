import type { Globals } from './globals.ts'
import type { Io } from './io.ts'

/** What every command gets beside its own options. */
export type Context = {
  readonly io: Io
  /** The global options; throws a `CliError` where one is wrong, so ask inside an action. */
  readonly globals: () => Globals
}
