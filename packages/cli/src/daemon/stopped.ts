/** Signals at which a command ends by itself, and what each of them means. */
export const endings = {
  SIGINT: 'Ctrl-C, or another process',
  SIGTERM: 'another process asked it to end',
  SIGHUP: 'its terminal was closed',
} as const

/** Why something was stopped, as the reason of an `AbortSignal`. */
export class Stopped extends Error {
  override readonly name = 'AbortError'
}

/** The reason of a command that a signal of the system has stopped. */
export function stoppedBy(signal: keyof typeof endings): Stopped {
  return new Stopped(`${signal} (${endings[signal]})`)
}

/** Why a signal has aborted, in a few words. */
export function whyStopped({ reason }: AbortSignal): string {
  return reason instanceof Stopped ? reason.message : 'by its caller'
}
