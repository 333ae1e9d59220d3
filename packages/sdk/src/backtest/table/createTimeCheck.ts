import { type Moment, parseTime } from './parseTime.ts'
import type { Layout } from './readHeader.ts'
import { tableFault } from './tableFault.ts'

/** Watches the column of times. */
export type TimeCheck = {
  /** Throws a `StarlingError` for a time that cannot be read, and where the order of rows would let the future in. */
  readonly check: (record: readonly string[], line: number, epoch: number) => void
  readonly notes: () => readonly string[]
}

/**
 * Without a column `epoch` the order of rows is the order of time, so times must rise from row to row. With it the
 * epochs decide, and times that run against them are only noted.
 */
export function createTimeCheck(name: string, { reserved, names }: Layout): TimeCheck {
  const at = reserved.time
  const hasEpochs = reserved.epoch !== undefined
  const column = names[at ?? -1] ?? 'time'
  let before:
    | { readonly moment: Moment; readonly line: number; readonly text: string; readonly epoch: number }
    | undefined
  let zoneless = 0
  let timeless = 0
  let backwards: number | undefined
  return {
    check: (record, line, epoch) => {
      const text = at === undefined ? '' : (record[at]?.trim() ?? '')
      if (text === '') {
        timeless += 1
        return
      }
      const moment = parseTime(text)
      if (typeof moment === 'string') throw tableFault(name, { line, column }, moment)
      if (moment.isZoneless) zoneless += 1
      if (before !== undefined && before.moment.kind !== moment.kind) {
        throw tableFault(
          name,
          { line, column },
          `"${text}" is a time of another kind than "${before.text}" on line ${before.line}.`,
        )
      }
      const last = before?.moment.value ?? Number.NEGATIVE_INFINITY
      const isOut = hasEpochs ? epoch > (before?.epoch ?? epoch) && moment.value < last : moment.value <= last
      if (isOut && !hasEpochs && before !== undefined) {
        const said = moment.value === last ? 'is the same time as' : 'is before'
        const todo =
          moment.value === last
            ? 'Add a column epoch: rows of one epoch are predicted together.'
            : 'Sort the rows by time, or add a column epoch.'
        throw tableFault(name, { line, column }, `"${text}" ${said} "${before.text}" on line ${before.line}. ${todo}`)
      }
      if (isOut) backwards ??= line
      before = { moment, line, text, epoch }
    },
    notes: () => [
      ...(timeless > 0 && before !== undefined && !hasEpochs
        ? [`${timeless} rows without a time were taken where they stand`]
        : []),
      ...(zoneless > 0 ? [`${zoneless} times without a zone were read as UTC`] : []),
      ...(backwards === undefined ? [] : [`from line ${backwards} on times run against the epochs, which decide`]),
    ],
  }
}
