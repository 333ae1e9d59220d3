import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { limitReward } from '@starling/protocol/modules/payments/limitReward'
import type { SubsidyTerms } from '@starling/protocol/modules/payments/subsidyTerms'
import { readWhole } from '@starling/protocol/num/readWhole'
import { shareOf } from '@starling/protocol/num/shareOf'
import { feesOf } from './feesOf.ts'

/** What of an epoch's pot may be paid, in uallo: all of it, unless terms limit the subsidy. SPEC PW-2 */
export function rewardOf(epoch: OpenEpoch, { feeBurnShare }: Params, terms: SubsidyTerms | undefined): bigint {
  const pot = readWhole(epoch.pot)
  return terms === undefined ? pot : limitReward(pot, shareOf(feesOf(epoch), feeBurnShare), terms)
}
