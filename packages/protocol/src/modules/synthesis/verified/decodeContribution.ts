import type {
  BaselineState as BaselineMessage,
  ContributionState as ContributionMessage,
  ContributorState as ContributorMessage,
  WindowState,
} from '../../../gen/starling/v1/verified_pb.ts'
import type {
  BaselineState,
  ContributionState,
  ContributorState,
  Entry,
  WindowEpoch,
} from '../../../scoring/contribution/contributionTypes.ts'
import type { Address, Values } from '../../../scoring/types.ts'
import { damaged } from './damaged.ts'
import { readCount } from './readCount.ts'
import { requireAscending } from './requireAscending.ts'
import { requirePart } from './requirePart.ts'
import { storedNumber } from './storedNumber.ts'
import { unpackDoubles } from './unpackDoubles.ts'
import { unpackTable } from './unpackTable.ts'

/** What `encodeContribution` made. Throws STATE_DAMAGED where its parts do not fit together. SPEC VT-6 */
export function decodeContribution(message: ContributionMessage): ContributionState {
  const window = decodeWindow(requirePart(message.window, 'window'))
  return {
    baseline: decodeBaseline(requirePart(message.baseline, 'baseline')),
    window,
    workers: decodeContributors(message.workers, 'workers', window.length),
    forecasters: decodeContributors(message.forecasters, 'forecasters', window.length),
  }
}

function decodeBaseline({ truths, epochs, mean, counts }: BaselineMessage): BaselineState {
  return {
    truths: unpackDoubles(truths, 'baseline.truths'),
    epochs: readCount(epochs, 'baseline.epochs'),
    mean: storedNumber(mean, 'baseline.mean'),
    counts: counts.map((count) => readCount(count, 'baseline.counts')),
  }
}

function decodeWindow({ baselines, absentLosses, absentGains }: WindowState): readonly WindowEpoch[] {
  const losses = unpackDoubles(absentLosses, 'window.absent_losses')
  const gains = unpackDoubles(absentGains, 'window.absent_gains', losses.length)
  return unpackTable(baselines, 'window.baselines', losses.length).map((row, i) => ({
    baselines: row,
    absentLoss: losses[i] ?? 0,
    absentGain: gains[i] ?? 0,
  }))
}

/** Everybody has at most one entry for each epoch of the window. */
function decodeContributors(
  list: readonly ContributorMessage[],
  field: string,
  epochs: number,
): Readonly<Record<Address, ContributorState>> {
  requireAscending(
    list.map(({ address }) => address),
    field,
  )
  return Object.fromEntries(
    list.map((one) => {
      const entries = decodeEntries(one)
      if (entries.length > epochs) throw damaged(`${one.address} has ${entries.length} entries of ${epochs} epochs`)
      return [one.address, { entries, residuals: decodeResiduals(one) }]
    }),
  )
}

function decodeEntries({ address, entries: bytes, absent, missed }: ContributorMessage): readonly Entry[] {
  const numbers = unpackDoubles(bytes, `${address}.entries`)
  const count = numbers.length + absent.length + missed.length
  requireAscending(absent, `${address}.absent`, count)
  requireAscending(missed, `${address}.missed`, count)
  const marks = new Map<number, Entry>(missed.map((place) => [place, 'missed']))
  for (const place of absent) marks.set(place, 'absent')
  if (marks.size !== absent.length + missed.length) throw damaged(`${address} is absent and missed at once`)
  return fillGaps(numbers, count, marks)
}

function decodeResiduals({ address, residuals, outputs, empty }: ContributorMessage): readonly Values[] {
  const rows = outputs === 0 ? 0 : residuals.length / 8 / outputs
  if (!Number.isInteger(rows)) throw damaged(`${address}.residuals are not rows of ${outputs} numbers`)
  const held: readonly Values[] = unpackTable(residuals, `${address}.residuals`, rows, outputs)
  const count = rows + empty.length
  requireAscending(empty, `${address}.empty`, count)
  return fillGaps(held, count, new Map(empty.map((place): readonly [number, Values] => [place, []])))
}

/** So many entries: those that have a place of their own there, and between them the list in its order. */
function fillGaps<T>(list: readonly T[], count: number, placed: ReadonlyMap<number, T>): readonly T[] {
  if (placed.size === 0) return list
  const filled: T[] = []
  for (const one of list) {
    pushPlaced(filled, placed)
    filled.push(one)
  }
  pushPlaced(filled, placed)
  if (filled.length !== count) throw new Error('places beyond the end were refused before')
  return filled
}

/** What has its place at the end of the list, and what follows it. */
function pushPlaced<T>(filled: T[], placed: ReadonlyMap<number, T>): void {
  for (let one = placed.get(filled.length); one !== undefined; one = placed.get(filled.length)) filled.push(one)
}
