import type { Io } from '../io.ts'
import type { Frame } from './formatFrame.ts'
import { figure } from './formatReport.ts'
import { formatValues } from './frameParts.ts'

/** Says how the network is doing, line by line. */
export type LinesView = {
  /** Says what is new. */
  show(frame: Pick<Frame, 'topics' | 'trouble'>): void
  end(): void
}

/** A line for every `every` settled epochs of a topic, and one for each trouble. */
export function openLines(stderr: Io['stderr'], every: number): LinesView {
  const said = new Map<bigint, number>()
  let trouble = ''
  return {
    show({ topics, trouble: newest }) {
      for (const { id, name, tally, date } of topics) {
        const { epochs, loss, newest: record, policy } = tally
        if (record === undefined || epochs === said.get(id) || epochs % every !== 0) continue
        said.set(id, epochs)
        const answer = formatValues(policy.labels, record.network?.combined ?? [])
        const truth = record.truthLabel === '' ? figure(record.truth ?? null) : record.truthLabel
        const per = (sum: number): string => figure(sum / epochs)
        stderr.write(
          `${name} epoch ${epochs} ${date}: network ${answer}, truth ${truth}; mean loss network ${per(loss.network)}, mean ${per(loss.mean)}, median ${per(loss.median)}\n`,
        )
      }
      if (newest !== trouble && newest !== '') stderr.write(`${newest}\n`)
      trouble = newest
    },
    end: () => undefined,
  }
}
