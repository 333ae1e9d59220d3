import type { Params } from '../../gen/emissions/v9/params_pb.ts'
import { parseAmount } from '../../num/parseAmount.ts'
import { parseDecimal } from '../../num/parseDecimal.ts'
import { shareOf } from '../../num/shareOf.ts'
import { emissionsError } from '../emissionsError.ts'

/** A bound on a decimal: what it must be, and whether a number is that. */
type Bound = readonly [expected: string, holds: (value: number) => boolean]

const finite: Bound = ['a decimal number', () => true]
const notNegative: Bound = ['0 or above', (value) => value >= 0]
const positive: Bound = ['above 0', (value) => value > 0]
const unit: Bound = ['from 0 to 1', (value) => value >= 0 && value <= 1]
const inside: Bound = ['between 0 and 1, neither included', (value) => value > 0 && value < 1]

type TextField = { [K in keyof Params]-?: Params[K] extends string ? K : never }[keyof Params]
type CountField = { [K in keyof Params]-?: Params[K] extends bigint ? K : never }[keyof Params]

const decimals: readonly (readonly [TextField, string, Bound])[] = [
  ['minTopicWeight', 'min_topic_weight', notNegative],
  ['betaEntropy', 'beta_entropy', unit],
  ['learningRate', 'learning_rate', inside],
  ['maxGradientThreshold', 'max_gradient_threshold', inside],
  ['minStakeFraction', 'min_stake_fraction', unit],
  ['topicRewardStakeImportance', 'topic_reward_stake_importance', unit],
  ['topicRewardFeeRevenueImportance', 'topic_reward_fee_revenue_importance', unit],
  ['topicRewardAlpha', 'topic_reward_alpha', inside],
  ['taskRewardAlpha', 'task_reward_alpha', inside],
  ['validatorsVsAlloraPercentReward', 'validators_vs_allora_percent_reward', unit],
  ['pRewardInference', 'p_reward_inference', positive],
  ['pRewardForecast', 'p_reward_forecast', positive],
  ['pRewardReputer', 'p_reward_reputer', positive],
  ['cRewardInference', 'c_reward_inference', positive],
  ['cRewardForecast', 'c_reward_forecast', positive],
  ['epsilonReputer', 'epsilon_reputer', positive],
  ['epsilonSafeDiv', 'epsilon_safe_div', positive],
  ['initialRegretQuantile', 'initial_regret_quantile', unit],
  ['pNormSafeDiv', 'p_norm_safe_div', finite],
  ['inferenceOutlierDetectionThreshold', 'inference_outlier_detection_threshold', notNegative],
  ['inferenceOutlierDetectionAlpha', 'inference_outlier_detection_alpha', unit],
  ['lambdaInitialScore', 'lambda_initial_score', notNegative],
  ['cNorm', 'c_norm', finite],
  ['minWeightThresholdForStdnorm', 'min_weight_threshold_for_stdnorm', notNegative],
  ['potInferersShare', 'pot_inferers_share', unit],
  ['potForecastersShare', 'pot_forecasters_share', unit],
  ['potReputersShare', 'pot_reputers_share', unit],
  ['feeBurnShare', 'fee_burn_share', unit],
  ['feeValidatorsShare', 'fee_validators_share', unit],
  ['subsidyFactor', 'subsidy_factor', unit],
]

/** Products of parameters and scores stay far inside what a double holds; only a weight may be anything. */
const LARGEST = 1e12

const amounts: readonly (readonly [TextField, string])[] = [
  ['requiredMinimumStake', 'required_minimum_stake'],
  ['createTopicFee', 'create_topic_fee'],
  ['registrationFee', 'registration_fee'],
  ['dataSendingFee', 'data_sending_fee'],
  ['subsidyAllowance', 'subsidy_allowance'],
  ['bootstrapAmount', 'bootstrap_amount'],
]

/** Of which shares are taken to add them exactly. */
const ONE = 10n ** 18n

/** Switches of what is not built: who turned one on would believe that a list is kept. */
const whitelists = [
  ['globalWhitelistEnabled', 'global_whitelist_enabled'],
  ['topicCreatorWhitelistEnabled', 'topic_creator_whitelist_enabled'],
  ['globalWorkerWhitelistEnabled', 'global_worker_whitelist_enabled'],
  ['globalReputerWhitelistEnabled', 'global_reputer_whitelist_enabled'],
  ['globalAdminWhitelistAppended', 'global_admin_whitelist_appended'],
] as const

/** Largest sizes keep every block hook and every record bounded. */
const counts: readonly (readonly [CountField, string, least: bigint, most: bigint])[] = [
  ['maxSerializedMsgLength', 'max_serialized_msg_length', 0n, 1_048_576n],
  ['removeStakeDelayWindow', 'remove_stake_delay_window', 0n, 2n ** 40n],
  ['minEpochLength', 'min_epoch_length', 1n, 2n ** 40n],
  ['maxUnfulfilledWorkerRequests', 'max_unfulfilled_worker_requests', 1n, 1000n],
  ['maxUnfulfilledReputerRequests', 'max_unfulfilled_reputer_requests', 1n, 1000n],
  ['maxSamplesToScaleScores', 'max_samples_to_scale_scores', 1n, 100n],
  ['maxTopInferersToReward', 'max_top_inferers_to_reward', 1n, 128n],
  ['maxTopForecastersToReward', 'max_top_forecasters_to_reward', 1n, 32n],
  ['maxTopReputersToReward', 'max_top_reputers_to_reward', 1n, 64n],
  ['gradientDescentMaxIters', 'gradient_descent_max_iters', 1n, 100n],
  ['defaultPageLimit', 'default_page_limit', 1n, 1000n],
  ['maxPageLimit', 'max_page_limit', 1n, 1000n],
  ['minEpochLengthRecordLimit', 'min_epoch_length_record_limit', 0n, 1000n],
  ['blocksPerMonth', 'blocks_per_month', 1n, 2n ** 40n],
  ['halfMaxProcessStakeRemovalsEndBlock', 'half_max_process_stake_removals_end_block', 1n, 1000n],
  ['maxElementsPerForecast', 'max_elements_per_forecast', 1n, 128n],
  ['maxActiveTopicsPerBlock', 'max_active_topics_per_block', 1n, 256n],
  ['maxStringLength', 'max_string_length', 1n, 4096n],
  ['minExperiencedWorkerRegrets', 'min_experienced_worker_regrets', 0n, 1_000_000n],
  // With 65 records there is always a full state before the newest, from which it can be replayed.
  ['recordRetention', 'record_retention', 65n, 1_000_000n],
  ['feeEarmarkDivisor', 'fee_earmark_divisor', 1n, 1_000_000n],
  ['receiptRetention', 'receipt_retention', 1n, 2n ** 40n],
  ['bootstrapEpochs', 'bootstrap_epochs', 0n, 1_000_000n],
]

/** Checks a whole set of parameters; the first fault is an error that names its field. SPEC lifecycle 9 */
export function checkParams(params: Params): void {
  if (params.version.length < 1 || params.version.length > 32) {
    throw faulty('version', 'a text of 1 to 32 characters', params.version)
  }
  for (const [key, field, [expected, holds]] of decimals) {
    const value = parseDecimal(params[key])
    if (typeof value !== 'number') throw faulty(field, 'a decimal number', params[key])
    if (!holds(value)) throw faulty(field, expected, params[key])
    if (key !== 'minTopicWeight' && Math.abs(value) > LARGEST) throw faulty(field, `at most ${LARGEST}`, params[key])
  }
  for (const [key, field] of amounts) {
    if (typeof parseAmount(params[key]) !== 'bigint') throw faulty(field, 'a whole number of uallo', params[key])
  }
  for (const [key, field, least, most] of counts) {
    const value = params[key]
    if (value < least || value > most) throw faulty(field, `from ${least} to ${most}`, value.toString())
  }
  const { feeBurnShare, feeValidatorsShare, potInferersShare, potForecastersShare, potReputersShare } = params
  if (!areParts([feeBurnShare, feeValidatorsShare])) {
    throw faulty('fee_validators_share', 'at most 1 together with fee_burn_share', feeValidatorsShare)
  }
  if (!areParts([potInferersShare, potForecastersShare, potReputersShare])) {
    throw faulty('pot_reputers_share', 'at most 1 together with the shares of the other classes', potReputersShare)
  }
  for (const [key, field] of whitelists) {
    if (params[key]) throw faulty(field, 'false, as this chain keeps no whitelists', 'true')
  }
}

/** True for shares that together are at most the whole. */
function areParts(shares: readonly string[]): boolean {
  return shares.reduce((sum, share) => sum + shareOf(ONE, share), 0n) <= ONE
}

function faulty(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_VALUE', { field: `params.${field}`, expected, got })
}
