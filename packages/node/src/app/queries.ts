import { epochQueries } from '../epoch/queries.ts'
import { actorsQueries } from '../modules/actors/queries.ts'
import { authQueries } from '../modules/auth/queries.ts'
import { bankQueries } from '../modules/bank/queries.ts'
import { meritQueries } from '../modules/epochs/meritQueries.ts'
import { epochsQueries } from '../modules/epochs/queries.ts'
import { feesQueries } from '../modules/fees/queries.ts'
import { readTerms } from '../modules/mint/needs.ts'
import { mintQueries } from '../modules/mint/queries.ts'
import { paramsQueries } from '../modules/params/queries.ts'
import { paymentsQueries } from '../modules/payments/queries.ts'
import { rewardsQueries } from '../modules/rewards/queries.ts'
import { recordQueries } from '../modules/rewards/recordQueries.ts'
import { scoreQueries } from '../modules/rewards/scoreQueries.ts'
import { stakeQueries } from '../modules/stake/queries.ts'
import { removalQueries } from '../modules/stake/removalQueries.ts'
import { synthesisQueries } from '../modules/synthesis/queries.ts'
import { regretQueries } from '../modules/synthesis/regretQueries.ts'
import { topicsQueries } from '../modules/topics/queries.ts'
import { topicWhitelistQueries } from '../modules/topics/whitelistQueries.ts'
import type { Query } from './query.ts'

/**
 * Every query of the state, in the order of the modules. A new query is one row in its module's `queries.ts`.
 *
 * Of the 107 methods of `emissions.v10.QueryService` those whose answer the state does not hold are left out:
 * - `GetReputerLossBundlesAtBlock`: reputers attest what happened, not losses.
 * - `GetNetworkInferencesAtBlockOutlierResistant`, `GetLatestNetworkInferencesOutlierResistant`: no smoothed deviation
 *   of the inferences is kept.
 * - `GetWorkerLatestInputInferenceByTopicId`: of an inference its values are kept, not the text, extra data and proof.
 */
export const queries: readonly Query[] = [
  ...authQueries,
  ...bankQueries,
  ...feesQueries,
  ...paramsQueries,
  ...mintQueries(readTerms),
  ...topicsQueries,
  ...topicWhitelistQueries,
  ...actorsQueries,
  ...stakeQueries,
  ...removalQueries,
  ...epochsQueries,
  ...meritQueries,
  ...synthesisQueries,
  ...regretQueries,
  ...rewardsQueries,
  ...recordQueries,
  ...scoreQueries,
  ...paymentsQueries,
  ...epochQueries,
]
