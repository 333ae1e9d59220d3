/** One row per way to fail: a stable number for ABCI, a message built from typed facts. */
export type ErrorSpec<D> = { readonly number: number; readonly message: (details: D) => string }

/** A refusal that every node computes alike. It discards the transaction's fork; nothing else may be caught there. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  /** Module that refuses, the ABCI codespace. */
  readonly codespace: string
  /** Stable number within the codespace, never 0. */
  readonly number: number
  /** `codespace/KEY`, for programs. */
  readonly code: string

  constructor(codespace: string, key: string, number: number, message: string) {
    super(message)
    this.codespace = codespace
    this.number = number
    this.code = `${codespace}/${key}`
  }
}

/** Makes one error of a module: its key in the table and the facts that the message needs. */
export type ErrorFactory<D extends Record<string, object>> = <K extends keyof D & string>(
  key: K,
  details: D[K],
) => ProtocolError

/**
 * Makes the error factory of one module from its table.
 *
 * @example
 * const bankError = defineErrors('bank', { EMPTY: { number: 2, message: ({ what }: { what: string }) => `${what} is empty` } })
 * throw bankError('EMPTY', { what: 'memo' })
 */
export function defineErrors<D extends Record<string, object>>(
  codespace: string,
  table: { readonly [K in keyof D]: ErrorSpec<D[K]> },
): ErrorFactory<D> {
  return (key, details) => {
    const spec = table[key]
    return new ProtocolError(codespace, key, spec.number, spec.message(details))
  }
}
