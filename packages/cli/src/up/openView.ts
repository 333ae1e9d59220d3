import { createLogUpdate } from 'log-update'
import type { Io } from '../io.ts'
import { hasColour } from '../output/hasColour.ts'
import { type Frame, formatFrame } from './formatFrame.ts'
import { openLines } from './openLines.ts'

/** Shows how the network is doing. */
export type View = {
  /** Shows the state of things now. */
  show(frame: Frame): void
  /** Leaves the last picture standing. */
  end(): void
}

type Terminal = Io['stderr'] & { readonly rows?: number }

/** A picture redrawn in place on a terminal; elsewhere a line for every `every` settled epochs of a topic. */
export function openView({ stderr, env }: Pick<Io, 'stderr' | 'env'>, every: number): View {
  return stderr.isTTY === true && env.TERM !== 'dumb' ? openPicture(stderr, env) : openLines(stderr, every)
}

function openPicture(stderr: Terminal, env: Io['env']): View {
  const draw = createLogUpdate(stderr as NodeJS.WriteStream, { showCursor: true })
  const colour = hasColour(stderr, env)
  return {
    show: (frame) => {
      const screen = { columns: stderr.columns ?? 80, rows: stderr.rows ?? 24, colour }
      draw(formatFrame(frame, screen).join('\n'))
    },
    end: () => draw.done(),
  }
}
