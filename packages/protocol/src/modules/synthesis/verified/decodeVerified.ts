import type {
  EdgeState as EdgeMessage,
  VerifiedState as VerifiedMessage,
} from '../../../gen/starling/v1/verified_pb.ts'
import type { EdgeState } from '../../../scoring/edge/edgeTypes.ts'
import type { VerifiedState } from '../../../scoring/verified/verifiedTypes.ts'
import { decodeCalibration } from './decodeCalibration.ts'
import { decodeContribution } from './decodeContribution.ts'
import { decodeTower } from './decodeTower.ts'
import { readCount } from './readCount.ts'
import { storedNumber } from './storedNumber.ts'
import { unpackDoubles } from './unpackDoubles.ts'

/** What `encodeVerified` made. Throws STATE_DAMAGED where its parts do not fit together. */
export function decodeVerified({ tower, contribution, calibration, edge }: VerifiedMessage): VerifiedState {
  return {
    tower: tower === undefined ? null : decodeTower(tower),
    contribution: contribution === undefined ? null : decodeContribution(contribution),
    calibration: decodeCalibration(calibration),
    edge: edge === undefined ? null : decodeEdge(edge),
  }
}

function decodeEdge({ n, meanSize, bets }: EdgeMessage): EdgeState {
  return {
    n: readCount(n, 'edge.n'),
    meanSize: storedNumber(meanSize, 'edge.mean_size'),
    bets: unpackDoubles(bets, 'edge.bets'),
  }
}
