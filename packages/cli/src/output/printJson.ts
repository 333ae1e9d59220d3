import type { Io } from '../io.ts'

/** Prints one compact JSON document on stdout. A number that is not finite is a fault of the program and throws. */
export function printJson({ stdout }: Pick<Io, 'stdout'>, document: unknown): void {
  const text = JSON.stringify(document, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new Error(`${key} is ${value}, which JSON cannot hold`)
    return value
  })
  stdout.write(`${text}\n`)
}
