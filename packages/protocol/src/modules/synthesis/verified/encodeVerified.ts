import type { MessageInitShape } from '@bufbuild/protobuf'
import type { EdgeStateSchema, VerifiedStateSchema } from '../../../gen/starling/v1/verified_pb.ts'
import type { EdgeState } from '../../../scoring/edge/edgeTypes.ts'
import type { VerifiedState } from '../../../scoring/verified/verifiedTypes.ts'
import { encodeCalibration } from './encodeCalibration.ts'
import { encodeContribution } from './encodeContribution.ts'
import { encodeTower } from './encodeTower.ts'
import { packDoubles } from './packDoubles.ts'
import { storableNumber } from './storableNumber.ts'

/** What the rules of a verified topic remember as its message. Throws STATE_DAMAGED where its parts do not fit together. */
export function encodeVerified(state: VerifiedState): MessageInitShape<typeof VerifiedStateSchema> {
  const { tower, contribution, calibration, edge } = state
  return {
    ...(tower === null ? {} : { tower: encodeTower(tower) }),
    ...(contribution === null ? {} : { contribution: encodeContribution(contribution) }),
    ...(calibration === null ? {} : { calibration: encodeCalibration(calibration) }),
    ...(edge === null ? {} : { edge: encodeEdge(edge) }),
  }
}

function encodeEdge({ n, meanSize, bets }: EdgeState): MessageInitShape<typeof EdgeStateSchema> {
  return { n: BigInt(n), meanSize: storableNumber(meanSize), bets: packDoubles(bets) }
}
