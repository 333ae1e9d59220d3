/**
 * 0 done · 1 refuted or mismatch · 2 usage or bad input · 3 unreachable, unavailable or unreadable · 4 no answer, or too
 * old · 5 transaction refused by the chain.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5

/** Ends a command. The message is one or more sentences: what is wrong, what was expected, what to do. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
