import type { Panel, PanelKind } from '../panel.ts'
import type { CellReader } from './createCellReader.ts'
import { createColumn } from './createColumn.ts'
import { createTimeCheck } from './createTimeCheck.ts'
import { createTwinCheck } from './createTwinCheck.ts'
import { isAbsentWord } from './isAbsentWord.ts'
import { levelOf } from './levelOf.ts'
import type { Layout, Reserved } from './readHeader.ts'
import { readWhole } from './readWhole.ts'
import { shorten } from './shorten.ts'
import { type Place, tableFault } from './tableFault.ts'

/** Everything of a panel that is not a column of a model. */
export type CaseTable = Pick<
  Panel,
  'kind' | 'outputs' | 'truth' | 'scale' | 'epoch' | 'available' | 'series' | 'lines' | 'caseOf' | 'outputOf' | 'notes'
>

/** Turns rows into cases. */
export type CaseBook = {
  /** The reserved cells of one row. Throws a `StarlingError` where they cannot be read or contradict the rows before. */
  readonly add: (record: readonly string[], line: number, read: CellReader['read']) => void
  readonly finish: () => CaseTable
}

const EPOCHS_HINT = 'Number the epochs 0, 1, 2, …; dates belong in a column time.'
const AVAILABLE_HINT = 'Name the first epoch whose prediction may use the truth.'
/** Between the parts of what tells cases apart; no cell of a table holds it. */
const SEPARATOR = '\u0000'

/** An empty book of cases for a table with this header. */
export function createCaseBook(name: string, layout: Layout, wanted: PanelKind | undefined): CaseBook {
  const { reserved, names } = layout
  const isLong = reserved.output !== undefined
  const hasEpochs = reserved.epoch !== undefined
  const columns = {
    scale: createColumn(),
    epoch: createColumn(),
    available: createColumn(),
    series: createColumn(),
    lines: createColumn(),
  }
  const keys = new Map<string, number>()
  const rows = { caseOf: createColumn(), outputOf: createColumn() }
  const truths: (number | string)[] = []
  const cases = createCaseFinder(name, isLong, layout)
  const outputs = new Map<string, number>()
  const times = createTimeCheck(name, layout)
  const twins = createTwinCheck(layout)
  let kind: PanelKind | undefined = isLong ? wanted : 'number'

  const cell = (record: readonly string[], role: Reserved): string => record[reserved[role] ?? -1]?.trim() ?? ''
  const place = (line: number, role: Reserved): Place => ({ line, column: names[reserved[role] ?? -1] ?? role })
  const availableOf = (record: readonly string[], line: number, epoch: number, hasTruth: boolean): number => {
    if (reserved.available === undefined) return epoch + 1
    const text = cell(record, 'available')
    const at = place(line, 'available')
    if (text === '' || isAbsentWord(text)) {
      // Without a truth there is nothing that could become public.
      if (!hasTruth) return epoch + 1
      const todo = 'Name the first epoch whose prediction may use it'
      throw tableFault(name, at, `empty, but the row has a truth. ${todo}.`)
    }
    const available = readWhole(name, at, text, AVAILABLE_HINT)
    if (available > epoch) return available
    const said = `${available} is not after the row's epoch ${epoch}: its truth would be known before its prediction.`
    throw tableFault(name, at, said)
  }
  const truthOf = (record: readonly string[], line: number, read: CellReader['read']): number | string => {
    if (kind !== 'labels') return read(cell(record, 'truth'), line, place(line, 'truth').column ?? '')
    const label = cell(record, 'truth')
    return label === '' ? Number.NaN : label
  }

  return {
    add: (record, line, read) => {
      const given = isLong ? cell(record, 'output') : ''
      if (isLong && given === '') throw tableFault(name, place(line, 'output'), 'empty. Name the label or the level.')
      kind ??= levelOf(given) === undefined ? 'labels' : 'quantiles'
      const output = kind === 'quantiles' ? levelOf(given) : given
      if (output === undefined) {
        throw tableFault(name, place(line, 'output'), `"${shorten(given)}" is not a quantile level between 0 and 1.`)
      }
      const isNew = cases.find(record, line, output)
      const { at } = isNew
      if (!outputs.has(output)) outputs.set(output, outputs.size)
      rows.caseOf.push(at)
      rows.outputOf.push(outputs.get(output) ?? 0)
      const truth = truthOf(record, line, read)
      if (!isNew.isFirst) {
        if (!Object.is(truths[at], truth)) {
          throw tableFault(name, place(line, 'truth'), `another truth than on line ${isNew.line}, of the same case.`)
        }
        return
      }
      truths.push(truth)
      const epoch = hasEpochs ? readWhole(name, place(line, 'epoch'), cell(record, 'epoch'), EPOCHS_HINT) : at
      const hasTruth = typeof truth === 'number' ? !Number.isNaN(truth) : !isAbsentWord(truth)
      const available = availableOf(record, line, epoch, hasTruth)
      times.check(record, line, epoch)
      columns.epoch.push(epoch)
      columns.available.push(available)
      columns.lines.push(line)
      const key = cell(record, 'key')
      if (!keys.has(key)) keys.set(key, keys.size)
      columns.series.push(keys.get(key) ?? 0)
      twins.check(epoch, keys.get(key) ?? 0, line)
      columns.scale.push(readScale(name, record, line, reserved, names, read, truth))
    },
    finish: () => {
      const order = orderOutputs([...outputs.keys()], kind ?? 'number')
      const toOrder = [...outputs.keys()].map((output) => order.indexOf(output))
      const lines = columns.lines.toArray()
      return {
        kind: kind ?? 'number',
        outputs: order,
        truth: Float64Array.from(truths, (truth, at) =>
          typeof truth === 'number' ? truth : labelIndex(name, order, truth, lines[at] ?? 0),
        ),
        scale: columns.scale.toArray(),
        epoch: columns.epoch.toArray(),
        available: columns.available.toArray(),
        series: columns.series.toArray(),
        lines,
        caseOf: rows.caseOf.toArray(),
        outputOf: rows.outputOf.toArray().map((output) => toOrder[output] ?? 0),
        notes: [...times.notes(), ...twins.notes()],
      }
    },
  }
}

type Found = { readonly at: number; readonly isFirst: boolean; readonly line: number }

/** Tells which case a row belongs to: in the long form by epoch, time and key, without them by outputs coming round again. */
function createCaseFinder(
  name: string,
  isLong: boolean,
  { reserved, names }: Layout,
): { readonly find: (record: readonly string[], line: number, output: string) => Found } {
  const identity = [reserved.epoch, reserved.time, reserved.key].filter((at) => at !== undefined)
  const known = new Map<string, { readonly at: number; readonly line: number; readonly outputs: Set<string> }>()
  let count = 0
  return {
    find: (record, line, output) => {
      if (!isLong) {
        count += 1
        return { at: count - 1, isFirst: true, line }
      }
      const key = identity.length === 0 ? '' : identity.map((at) => record[at]?.trim()).join(SEPARATOR)
      const before = known.get(key)
      const isRepeated = before?.outputs.has(output) === true
      if (isRepeated && identity.length > 0) {
        const told = identity.map((at) => names[at]).join(', ')
        const said = `a second row for "${output}", after that from line ${before?.line} on: both have the same ${told}.`
        throw tableFault(name, { line, column: 'output' }, `${said} Give them different keys.`)
      }
      if (before !== undefined && !isRepeated) {
        before.outputs.add(output)
        return { at: before.at, isFirst: false, line: before.line }
      }
      known.set(key, { at: count, line, outputs: new Set([output]) })
      count += 1
      return { at: count - 1, isFirst: true, line }
    },
  }
}

function readScale(
  name: string,
  record: readonly string[],
  line: number,
  reserved: Layout['reserved'],
  names: readonly string[],
  read: CellReader['read'],
  truth: number | string,
): number {
  if (reserved.scale === undefined) return 1
  const column = names[reserved.scale] ?? 'scale'
  const scale = read(record[reserved.scale] ?? '', line, column)
  if (scale > 0) return scale
  // Without a truth there is no error to divide.
  if (Number.isNaN(scale) && typeof truth === 'number' && Number.isNaN(truth)) return 1
  throw tableFault(name, { line, column }, 'must be above 0: errors are divided by it.')
}

function orderOutputs(outputs: readonly string[], kind: PanelKind): readonly string[] {
  if (outputs.length === 0) return ['']
  return kind === 'quantiles' ? outputs.toSorted((a, b) => Number(a) - Number(b)) : outputs
}

/** Labels that a message shows. */
const MOST_LABELS = 8

/** The place of a truth among the labels; NaN for a word for nothing that is no label. */
function labelIndex(name: string, labels: readonly string[], truth: string, line: number): number {
  const index = labels.indexOf(truth)
  if (index >= 0) return index
  if (isAbsentWord(truth)) return Number.NaN
  const shown = labels.slice(0, MOST_LABELS).map((label) => shorten(label))
  const hint = Number.isNaN(Number(truth)) ? '' : ' Levels of quantiles are written as 0.1.'
  const said = `"${shorten(truth)}" is none of the labels: ${shown.join(', ')}.${hint}`
  throw tableFault(name, { line, column: 'truth' }, said)
}
