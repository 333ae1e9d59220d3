import { createLogUpdate } from 'log-update'
import type { Io } from '../io.ts'

/** A bar on a terminal's stderr, and nothing elsewhere. */
export type ProgressBar = {
  readonly show: (what: string, done: number, total: number) => void
  /** Takes the bar away. */
  readonly stop: () => void
}

const CELLS = 30
/** Redrawn no more often than this, in milliseconds: drawing must not cost what it shows. */
const PAUSE = 100

/** A progress bar that appears at the first `show`. */
export function createProgress({ stderr }: Pick<Io, 'stderr'>): ProgressBar {
  if (stderr.isTTY !== true) return { show: () => {}, stop: () => {} }
  const draw = createLogUpdate(stderr)
  let next = 0
  return {
    show: (what, done, total) => {
      const now = Date.now()
      if (now < next && done < total) return
      next = now + PAUSE
      const filled = Math.round((CELLS * done) / Math.max(total, 1))
      draw(`${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)} ${done} of ${total} ${what}`)
    },
    stop: () => draw.clear(),
  }
}
