/** The application failed in a way that is no transaction result; the engine does nothing more until a restart. */
export class EngineHalted extends Error {
  override readonly name = 'EngineHalted'

  constructor(during: string, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause)
    super(`The engine is halted: ${during} failed: ${what} Mend the cause and restart the node.`, { cause })
  }
}
