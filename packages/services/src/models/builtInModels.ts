import type { FeedTopicName } from '../feed/feedTopics.ts'
import { riskModels } from './riskModels.ts'
import { trendModels } from './trendModels.ts'
import type { BuiltInModel } from './types.ts'
import { volatilityModels } from './volatilityModels.ts'

/** The models that ship with the project, by topic of the market feed. */
export const builtInModels: Readonly<Record<FeedTopicName, readonly BuiltInModel[]>> = {
  volatility: volatilityModels,
  risk: riskModels,
  trend: trendModels,
}
