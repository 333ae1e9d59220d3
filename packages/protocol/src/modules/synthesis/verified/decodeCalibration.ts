import type { LedgerState, ReliabilityState, VerifiedState } from '../../../gen/starling/v1/verified_pb.ts'
import type { AdaptiveState, CoverageLedger, ReliabilityLedger } from '../../../scoring/intervals/intervalTypes.ts'
import type { Calibration } from '../../../scoring/verified/verifiedTypes.ts'
import { damaged } from './damaged.ts'
import { readCount } from './readCount.ts'
import { requirePart } from './requirePart.ts'
import { storedNumber } from './storedNumber.ts'
import { unpackDoubles } from './unpackDoubles.ts'

/** What `encodeCalibration` made; null for none. Throws STATE_DAMAGED where its parts do not fit together. SPEC VT-7 */
export function decodeCalibration(part: VerifiedState['calibration']): Calibration | null {
  switch (part.case) {
    case 'intervals': {
      const meanError = storedNumber(part.value.meanError, 'intervals.mean_error')
      const ledger = decodeLedger(part.value.ledger)
      return { kind: 'intervals', intervals: { ...decodeAdaptive(part.value, ledger), meanError, ledger } }
    }
    case 'sets': {
      const ledger = decodeLedger(part.value.ledger)
      return { kind: 'sets', sets: { ...decodeAdaptive(part.value, ledger), ledger } }
    }
    case 'reliability':
      return { kind: 'reliability', bins: decodeReliability(part.value) }
    case undefined:
      return null
  }
}

function decodeAdaptive(
  { targets, scores }: { readonly targets: Uint8Array; readonly scores: Uint8Array },
  { levels }: CoverageLedger,
): AdaptiveState {
  return {
    targets: unpackDoubles(targets, 'calibration.targets', levels.length),
    scores: unpackDoubles(scores, 'calibration.scores'),
  }
}

function decodeLedger(part: LedgerState | undefined): CoverageLedger {
  const { epochs, levels, hits, widths } = requirePart(part, 'ledger')
  const nominal = unpackDoubles(levels, 'ledger.levels', hits.length)
  const sums = unpackDoubles(widths, 'ledger.widths', hits.length)
  return {
    epochs: readCount(epochs, 'ledger.epochs'),
    levels: hits.map((count, i) => ({
      level: nominal[i] ?? 0,
      hits: readCount(count, 'ledger.hits'),
      width: sums[i] ?? 0,
    })),
  }
}

function decodeReliability({ n, probabilities, events }: ReliabilityState): ReliabilityLedger {
  const sums = unpackDoubles(probabilities, 'reliability.probabilities', n.length)
  if (events.length !== n.length) throw damaged(`reliability.events has ${events.length} of ${n.length} entries`)
  return n.map((count, i) => ({
    n: readCount(count, 'reliability.n'),
    probability: sums[i] ?? 0,
    events: readCount(events[i] ?? 0n, 'reliability.events'),
  }))
}
