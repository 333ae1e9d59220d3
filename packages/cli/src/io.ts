/** Where data or talk goes: what `process.stdout` and `process.stderr` are. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** Where data comes from: what `process.stdin` is. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/** Everything of the outside that a command touches, so that tests run commands in process. */
export type Io = {
  readonly stdin: InputStream
  /** Data only. */
  readonly stdout: OutputStream
  /** Talk: questions, progress, warnings, errors. */
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
}
