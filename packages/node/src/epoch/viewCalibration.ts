import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  type BaselineStandingSchema,
  type GetCalibrationResponse,
  GetCalibrationResponseSchema,
  type LevelCalibrationSchema,
  type ReliabilityBinSchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import { sum } from '@starling/protocol/num/sum'
import { baselineNames } from '@starling/protocol/scoring/contribution/baselineNames'
import { chooseBaseline } from '@starling/protocol/scoring/contribution/chooseBaseline'
import { edgeOf } from '@starling/protocol/scoring/edge/edgeOf'
import type { CoverageLedger, ReliabilityLedger } from '@starling/protocol/scoring/intervals/intervalTypes'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import { calibrationOf } from '@starling/protocol/scoring/verified/calibrationOf'
import type { Calibration, VerifiedState } from '@starling/protocol/scoring/verified/verifiedTypes'
import type { StateReader } from '../app/context.ts'
import { glanceAtRecords } from '../modules/rewards/readRecords.ts'
import { getEpochCounts } from '../modules/rewards/view.ts'
import { readScoring } from '../modules/synthesis/readScoring.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

/** Records that are looked through for the network's losses at most. */
const GLANCES = 256

type Ledger = Pick<MessageInitShape<typeof GetCalibrationResponseSchema>, 'epochs' | 'levels' | 'bins'>

/** How sure a topic's answers were, and how right they were; empty in topics of the reference's rules. SPEC VT-6, VT-7, VT-8 */
export function viewCalibration(state: StateReader, { id, policy }: StoredTopic): GetCalibrationResponse {
  const scoring = readScoring(state, id)
  const { verified } = scoring
  const edge = verified?.edge ? edgeOf(verified.edge) : null
  const baseline = baselineStanding(policy, verified, (epochs) => networkMeanLoss(state, id, epochs))
  return create(GetCalibrationResponseSchema, {
    nonce: getEpochCounts(state, id).lastSettled,
    ...ledgerOf(calibrationOf(policy, scoring)),
    ...(edge === null ? {} : { edge: { ...edge, n: BigInt(edge.n) } }),
    ...(baseline === null ? {} : { baseline }),
  })
}

function ledgerOf(calibration: Calibration | null): Ledger {
  if (calibration === null) return {}
  switch (calibration.kind) {
    case 'intervals':
      return levelsOf(calibration.intervals.ledger)
    case 'sets':
      return levelsOf(calibration.sets.ledger)
    case 'reliability':
      return binsOf(calibration.bins)
  }
}

function levelsOf({ epochs, levels }: CoverageLedger): Ledger {
  return {
    epochs: BigInt(epochs),
    levels: levels.map(
      ({ level, hits, width }): MessageInitShape<typeof LevelCalibrationSchema> => ({
        ...{ level, epochs: BigInt(epochs), hits: BigInt(hits) },
        ...(epochs === 0 ? {} : { meanWidth: width / epochs }),
      }),
    ),
  }
}

function binsOf(bins: ReliabilityLedger): Ledger {
  return {
    epochs: BigInt(sum(bins.map(({ n }) => n))),
    bins: bins.map(
      ({ n, probability, events }, i): MessageInitShape<typeof ReliabilityBinSchema> => ({
        ...{ lower: i / bins.length, upper: (i + 1) / bins.length, n: BigInt(n) },
        ...(n === 0 ? {} : { meanProbability: probability / n, frequency: events / n }),
      }),
    ),
  }
}

function baselineStanding(
  policy: TopicPolicy,
  verified: VerifiedState | undefined,
  networkLossOver: (epochs: number) => number | undefined,
): MessageInitShape<typeof BaselineStandingSchema> | null {
  const chosen = chooseBaseline(verified?.contribution?.window ?? [])
  if (chosen === null) return null
  const { candidate, losses, bound } = chosen
  const networkLoss = networkLossOver(losses.length)
  return {
    candidate,
    name: baselineNames(policy)[candidate] ?? '',
    epochs: BigInt(losses.length),
    meanLoss: sum(losses) / losses.length,
    ...(networkLoss === undefined ? {} : { networkMeanLoss: networkLoss }),
    bound,
  }
}

/** Of the newest so many settled epochs, which are those of the memory; undefined where they are not all at hand. */
function networkMeanLoss(state: StateReader, topicId: bigint, epochs: number): number | undefined {
  const glances = glanceAtRecords(state, topicId, { after: 0n, limit: GLANCES, newest: true })
  const losses = glances.flatMap(({ status, losses }) => (status === 'settled' && losses ? [losses.combined] : []))
  return losses.length < epochs ? undefined : sum(losses.slice(0, epochs)) / epochs
}
