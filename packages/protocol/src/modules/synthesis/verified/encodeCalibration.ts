import type { MessageInitShape } from '@bufbuild/protobuf'
import type { LedgerStateSchema, VerifiedStateSchema } from '../../../gen/starling/v1/verified_pb.ts'
import type { CoverageLedger } from '../../../scoring/intervals/intervalTypes.ts'
import type { Calibration } from '../../../scoring/verified/verifiedTypes.ts'
import { packDoubles } from './packDoubles.ts'
import { storableNumber } from './storableNumber.ts'

/** What answers are held against as a part of its message. SPEC VT-7 */
export function encodeCalibration(
  state: Calibration,
): NonNullable<MessageInitShape<typeof VerifiedStateSchema>['calibration']> {
  switch (state.kind) {
    case 'intervals': {
      const { targets, scores, meanError, ledger } = state.intervals
      const value = { ...encodeAdaptive(targets, scores), meanError: storableNumber(meanError) }
      return { case: 'intervals', value: { ...value, ledger: encodeLedger(ledger) } }
    }
    case 'sets': {
      const { targets, scores, ledger } = state.sets
      return { case: 'sets', value: { ...encodeAdaptive(targets, scores), ledger: encodeLedger(ledger) } }
    }
    case 'reliability': {
      const probabilities = state.bins.map(({ probability }) => probability)
      const value = {
        n: state.bins.map(({ n }) => BigInt(n)),
        probabilities: packDoubles(probabilities),
        events: state.bins.map(({ events }) => BigInt(events)),
      }
      return { case: 'reliability', value }
    }
  }
}

function encodeAdaptive(
  targets: readonly number[],
  scores: readonly number[],
): { readonly targets: Uint8Array; readonly scores: Uint8Array } {
  return { targets: packDoubles(targets), scores: packDoubles(scores) }
}

function encodeLedger({ epochs, levels }: CoverageLedger): MessageInitShape<typeof LedgerStateSchema> {
  return {
    epochs: BigInt(epochs),
    levels: packDoubles(levels.map(({ level }) => level)),
    hits: levels.map(({ hits }) => BigInt(hits)),
    widths: packDoubles(levels.map(({ width }) => width)),
  }
}
