/** Fields whose JSON is not what their protobuf type alone says. SPEC wire 2 */
export type SpecialField = 'text' | 'legacyDec'

const legacyDecs: Readonly<Record<string, readonly string[]>> = {
  'cosmos.base.v1beta1.DecCoin': ['amount'],
  'mint.v5.Params': [
    'f_emission',
    'one_month_smoothing_degree',
    'ecosystem_treasury_percent_of_total_supply',
    'foundation_treasury_percent_of_total_supply',
    'participants_percent_of_total_supply',
    'investors_percent_of_total_supply',
    'team_percent_of_total_supply',
    'maximum_monthly_percentage_yield',
    'investors_preseed_percent_of_total_supply',
  ],
  'mint.v5.QueryServiceInflationResponse': ['inflation'],
  'mint.v5.QueryServiceEmissionInfoResponse': [
    'target_emission_rate_per_unit_staked_token',
    'reputers_percent',
    'validators_percent',
    'maximum_monthly_emission_per_unit_staked_token',
    'target_reward_emission_per_unit_staked_token',
    'emission_per_unit_staked_token',
    'previous_reward_emission_per_unit_staked_token',
  ],
}

/** Bytes in the schema of the events that we generate from, but text on the chain. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'tendermint.abci.EventAttribute': ['key', 'value'],
}

/** How a field is special; undefined for most. `name` is the one of the schema. */
export function specialField(typeName: string, name: string): SpecialField | undefined {
  if (texts[typeName]?.includes(name) === true) return 'text'
  return legacyDecs[typeName]?.includes(name) === true ? 'legacyDec' : undefined
}
