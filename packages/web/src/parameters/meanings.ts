import type { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import type { ParamsSchema as MintParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import type { FeesParamsSchema } from '@starling/protocol/gen/starling/v1/fees_pb'

/** What a parameter is counted in: `uallo` is shown in coins too, `dec` is a whole number of 10^-18. */
export type Unit =
  | 'uallo'
  | 'uallo per gas'
  | 'dec'
  | 'blocks'
  | 'bytes'
  | 'share'
  | 'count'
  | 'gas'
  | 'text'
  | 'number'
  | 'switch'

/** Unit and plain words of one parameter. */
export type Meaning = readonly [unit: Unit, words: string]

type Names<S extends { readonly field: object }> = keyof S['field']

const KEPT = 'not used by this chain; kept so that programs of the reference network find it'

/** What governs topics, stake and pay: `emissions.v9.Params`. */
export const emissionsMeanings: Readonly<Record<Names<typeof ParamsSchema>, Meaning>> = {
  version: ['text', 'version of this set of parameters'],
  maxSerializedMsgLength: ['bytes', 'the longest prediction or truth that one message may carry'],
  minTopicWeight: ['number', 'a topic that weighs less is put to sleep until somebody funds it or stakes in it'],
  requiredMinimumStake: ['uallo', 'a reputer needs this stake in a topic to report what happened'],
  removeStakeDelayWindow: ['blocks', 'how long stake that is taken out stays locked'],
  minEpochLength: ['blocks', 'no topic may have shorter epochs'],
  betaEntropy: ['share', 'how strongly the split between roles follows how evenly their rewards are spread'],
  learningRate: ['number', 'step by which the weight of each reputer is fitted'],
  maxGradientThreshold: ['number', 'fitting the weights of reputers ends when steps are smaller'],
  minStakeFraction: ['share', 'reputers that are listened to must hold at least this share of the stake'],
  maxUnfulfilledWorkerRequests: ['count', KEPT],
  maxUnfulfilledReputerRequests: ['count', 'the longest wait for a truth, in epochs of the topic'],
  topicRewardStakeImportance: ['share', 'exponent of the stake in the weight of a topic'],
  topicRewardFeeRevenueImportance: ['share', 'exponent of what a topic was paid in its weight'],
  topicRewardAlpha: ['share', 'how much of the weight of a topic is new after a week'],
  taskRewardAlpha: ['share', 'how fast the split between roles follows the newest epoch'],
  validatorsVsAlloraPercentReward: ['share', 'part of the emission that goes to validators; the rest goes to topics'],
  maxSamplesToScaleScores: ['count', 'scores of the past that a new one is measured against'],
  maxTopInferersToReward: ['count', 'places for predictions in each epoch'],
  maxTopForecastersToReward: ['count', 'places for forecasters in each epoch'],
  maxTopReputersToReward: ['count', 'places for reputers in each epoch'],
  createTopicFee: ['uallo', 'price of a new topic'],
  gradientDescentMaxIters: ['count', 'most steps of fitting the weights of reputers'],
  registrationFee: ['uallo', 'price of registering a worker or a reputer in a topic'],
  defaultPageLimit: ['count', 'entries on a page of a list where the question names no number'],
  maxPageLimit: ['count', 'most entries on a page of a list'],
  minEpochLengthRecordLimit: ['count', KEPT],
  blocksPerMonth: ['blocks', 'what counts as a month for emission, weights and vesting'],
  pRewardInference: ['number', 'how steeply the reward of a worker rises with its score'],
  pRewardForecast: ['number', 'how steeply the reward of a forecaster rises with its score'],
  pRewardReputer: ['number', KEPT],
  cRewardInference: ['number', 'score at which the reward of a worker rises fastest'],
  cRewardForecast: ['number', 'score at which the reward of a forecaster rises fastest'],
  cNorm: ['number', `${KEPT}: each topic has its own`],
  epsilonReputer: ['number', 'keeps the score of a reputer who agrees with all others finite'],
  halfMaxProcessStakeRemovalsEndBlock: [
    'count',
    'withdrawals of stake that one block pays out, own and delegated each',
  ],
  epsilonSafeDiv: ['number', 'stands for zero where something is divided by it'],
  dataSendingFee: ['uallo', 'price of one prediction or one truth, beside the fee of the transaction'],
  maxElementsPerForecast: ['count', 'workers that one forecast may name'],
  maxActiveTopicsPerBlock: ['count', 'topics whose epochs may open in one block'],
  maxStringLength: ['bytes', 'the longest text of a topic'],
  initialRegretQuantile: ['share', 'a newcomer begins with this quantile of the regrets of those with experience'],
  pNormSafeDiv: ['number', 'how far below that a newcomer begins'],
  globalWhitelistEnabled: ['switch', 'a list of who may take part: always off, anyone may'],
  topicCreatorWhitelistEnabled: ['switch', 'a list of who may create topics: always off, anyone may'],
  minExperiencedWorkerRegrets: ['count', 'epochs after which a worker counts as one with experience'],
  inferenceOutlierDetectionThreshold: ['number', KEPT],
  inferenceOutlierDetectionAlpha: ['share', KEPT],
  lambdaInitialScore: ['number', 'how far below the others a newcomer begins in the contest for places'],
  globalWorkerWhitelistEnabled: ['switch', 'a list of workers: always off, anyone may work'],
  globalReputerWhitelistEnabled: ['switch', 'a list of reputers: always off, anyone with stake may report'],
  globalAdminWhitelistAppended: ['switch', 'a list of administrators of lists: always off'],
  maxWhitelistInputArrayLength: ['count', KEPT],
  minWeightThresholdForStdnorm: ['number', KEPT],
  maxCanonicalLabelByteLength: ['bytes', KEPT],
  maxTopicLabelWhitelistSize: ['count', KEPT],
  maxEpochLabelRegistrySize: ['count', KEPT],
  recordRetention: ['count', 'records of closed epochs that each topic keeps in the state'],
  potInferersShare: ['share', 'part of a pot that pays contributions which goes to those who infer'],
  potForecastersShare: ['share', 'part of it that goes to those who forecast'],
  potReputersShare: ['share', 'part of it that goes to those who report the truth'],
  feeBurnShare: ['share', 'part of the fees of an epoch that burns'],
  feeValidatorsShare: ['share', 'part of the fees of an epoch that validators get; the rest is its contributors’'],
  feeEarmarkDivisor: ['count', 'an epoch is promised one part in so many of what the escrow of its topic holds free'],
  subsidyFactor: ['share', 'an epoch may be subsidised with this part of the fees that burn in it'],
  subsidyAllowance: ['uallo', 'and with this without any fees; 0 where wash funding must not pay'],
  bootstrapAmount: ['uallo', 'most that an epoch of a new topic sets aside until the edge is shown'],
  bootstrapEpochs: ['count', 'settled epochs of a topic that may set something aside'],
  receiptRetention: ['blocks', 'how long the receipt of a paid answer stays in the state'],
}

/** What governs new coins: `mint.v5.Params`. */
export const mintMeanings: Readonly<Record<Names<typeof MintParamsSchema>, Meaning>> = {
  mintDenom: ['text', 'the coin that is made; 10^18 uallo are one ALLO'],
  maxSupply: ['uallo', 'there will never be more coins'],
  fEmission: ['dec', 'share of what is left to make that a month brings, before it is adjusted to stake'],
  oneMonthSmoothingDegree: ['dec', 'how fast the emission follows its target, by month'],
  ecosystemTreasuryPercentOfTotalSupply: ['dec', 'share of all coins that rewards may make'],
  foundationTreasuryPercentOfTotalSupply: ['dec', 'share of all coins of the foundation'],
  participantsPercentOfTotalSupply: ['dec', 'share of all coins of participants'],
  investorsPercentOfTotalSupply: ['dec', 'share of all coins of investors, unlocked over time'],
  teamPercentOfTotalSupply: ['dec', 'share of all coins of the team, unlocked over time'],
  maximumMonthlyPercentageYield: ['dec', 'most that staked coins may earn in a month'],
  investorsPreseedPercentOfTotalSupply: ['dec', 'share of all coins of the first investors, unlocked over time'],
  emissionEnabled: ['switch', 'whether blocks make coins'],
}

/** What a transaction may weigh and must pay: `starling.v1.FeesParams`. */
export const feesMeanings: Readonly<Record<Names<typeof FeesParamsSchema>, Meaning>> = {
  minGasPrice: ['uallo per gas', 'a transaction must pay this for each unit of its gas limit'],
  maxTxBytes: ['bytes', 'the longest transaction'],
  maxGasPerTx: ['gas', 'the highest gas limit of a transaction'],
  maxMemoBytes: ['bytes', 'the longest memo'],
  maxSignatures: ['count', 'most signatures on a transaction'],
}
