import type { Io } from '../io.ts'
import { hasColour } from './hasColour.ts'

/** Waits for work that takes a while, with a spinner on a terminal and nothing elsewhere; passes its result or failure on. */
export async function withSpinner<T>(
  { stderr, env }: Pick<Io, 'stderr' | 'env'>,
  text: string,
  work: Promise<T>,
): Promise<T> {
  // A terminal of unknown size says 0 columns, by which ora divides.
  if (stderr.isTTY !== true || stderr.columns === 0) return work
  // Imported while the work runs; a failure of the work is the caller's, after the spinner is gone.
  const settled = work.catch(() => {})
  const { default: ora } = await import('ora')
  const colour = hasColour(stderr, env)
  const spinner = ora({ text, stream: stderr, discardStdin: false, ...(colour ? {} : { color: false }) }).start()
  await settled
  spinner.stop()
  return work
}
