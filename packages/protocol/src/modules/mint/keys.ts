import { pathKey } from '../../bytes/pathKey.ts'

/** Keys of the mint store. Amounts and heights are decimal text, rates and shares text with 18 fractional digits. */
export const mintKeys: {
  /** The parameters: a `mint.v5.Params`. */
  readonly params: () => Uint8Array
  /** Emission per staked token and month of the last calculation. */
  readonly previousEmissionPerUnitStaked: () => Uint8Array
  /** Emission per block of the last calculation. */
  readonly previousBlockEmission: () => Uint8Array
  /** Coins made for the ecosystem account since genesis. */
  readonly ecosystemTokensMinted: () => Uint8Array
  /** Height that months are counted from. */
  readonly startHeight: () => Uint8Array
  /** Months of the vesting schedule that have passed, as of the last calculation. */
  readonly monthsUnlocked: () => Uint8Array
  /** Reputers' rewards of this month so far. */
  readonly monthlyReputerRewards: () => Uint8Array
  /** Rewards of all topics of this month so far. */
  readonly monthlyTopicRewards: () => Uint8Array
  /** Share of last month's rewards that went to staked reputers. */
  readonly previousPercentageRewardToStakedReputers: () => Uint8Array
  /** What the last block brought the topics. */
  readonly rewardCurrentBlockEmission: () => Uint8Array
  /** Present while a calculation that fell due has not succeeded. */
  readonly recalculationDue: () => Uint8Array
} = {
  params: () => pathKey('params'),
  previousEmissionPerUnitStaked: () => pathKey('previous_emission_per_unit_staked'),
  previousBlockEmission: () => pathKey('previous_block_emission'),
  ecosystemTokensMinted: () => pathKey('ecosystem_tokens_minted'),
  startHeight: () => pathKey('start_height'),
  monthsUnlocked: () => pathKey('months_unlocked'),
  monthlyReputerRewards: () => pathKey('monthly_reputer_rewards'),
  monthlyTopicRewards: () => pathKey('monthly_topic_rewards'),
  previousPercentageRewardToStakedReputers: () => pathKey('previous_percentage_reward_to_staked_reputers'),
  rewardCurrentBlockEmission: () => pathKey('reward_current_block_emission'),
  recalculationDue: () => pathKey('recalculation_due'),
}
