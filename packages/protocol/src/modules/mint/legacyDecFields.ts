/**
 * Fields of the mint schemas that hold a whole number of 10^-18 on the wire and print as a decimal with 18 fractional
 * digits in JSON, by `message.field`. SPEC wire 1.7, 2
 */
export const legacyDecFields: ReadonlySet<string> = new Set([
  ...[
    'f_emission',
    'one_month_smoothing_degree',
    'ecosystem_treasury_percent_of_total_supply',
    'foundation_treasury_percent_of_total_supply',
    'participants_percent_of_total_supply',
    'investors_percent_of_total_supply',
    'team_percent_of_total_supply',
    'maximum_monthly_percentage_yield',
    'investors_preseed_percent_of_total_supply',
  ].map((field) => `mint.v5.Params.${field}`),
  ...[
    'target_emission_rate_per_unit_staked_token',
    'reputers_percent',
    'validators_percent',
    'maximum_monthly_emission_per_unit_staked_token',
    'target_reward_emission_per_unit_staked_token',
    'emission_per_unit_staked_token',
    'previous_reward_emission_per_unit_staked_token',
  ].map((field) => `mint.v5.QueryServiceEmissionInfoResponse.${field}`),
  'mint.v5.QueryServiceInflationResponse.inflation',
])
