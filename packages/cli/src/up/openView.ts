import { createLogUpdate } from 'log-update'
import type { Io } from '../io.ts'
import { hasColour } from '../output/hasColour.ts'
import { type Frame, formatFrame, formatValues } from './formatFrame.ts'
import { figure } from './formatReport.ts'

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

function openLines(stderr: Io['stderr'], every: number): View {
  const said = new Map<bigint, number>()
  let trouble = ''
  return {
    show({ topics, nameOf, ...frame }) {
      for (const { id, name, tally, date } of topics) {
        const { epochs, loss, newest, policy } = tally
        if (newest === undefined || epochs === said.get(id) || epochs % every !== 0) continue
        said.set(id, epochs)
        const answer = formatValues(policy.labels, newest.network?.combined ?? [])
        const truth = newest.truthLabel === '' ? figure(newest.truth ?? null) : newest.truthLabel
        const per = (sum: number): string => figure(sum / epochs)
        stderr.write(
          `${name} epoch ${epochs} ${date}: network ${answer}, truth ${truth}; mean loss network ${per(loss.network)}, mean ${per(loss.mean)}, median ${per(loss.median)}\n`,
        )
      }
      if (frame.trouble !== trouble && frame.trouble !== '') stderr.write(`${frame.trouble}\n`)
      trouble = frame.trouble
    },
    end: () => undefined,
  }
}
