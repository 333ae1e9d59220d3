import { compareAddress } from '../../num/compareAddress.ts'
import { entriesOf } from '../entriesOf.ts'
import type { ForecasterState, InfererState, ScoringState } from '../stateTypes.ts'
import type { Address, ScoringParams } from '../types.ts'

/** Members per place in an active set: who was absent longest beyond it loses its state. */
const MEMBERS_PER_PLACE = 4

/** The state of the most recently active members only, so that it stays bounded whoever comes and goes. */
export function forgetAbsent(state: ScoringState, { maxTopInferers, maxTopForecasters }: ScoringParams): ScoringState {
  const inferers = recent(state.inferers, maxTopInferers * MEMBERS_PER_PLACE)
  const forecasters = recent(state.forecasters, maxTopForecasters * MEMBERS_PER_PLACE)
  const reputers = recent(state.reputers, maxTopInferers * MEMBERS_PER_PLACE)
  const nobodyLeft = inferers === state.inferers && forecasters === state.forecasters
  if (nobodyLeft) return reputers === state.reputers ? state : { ...state, reputers }
  return {
    ...state,
    inferers: mapRecord(inferers, (one: InfererState) => ({
      ...one,
      withoutInferer: only(one.withoutInferer, inferers),
      withoutForecaster: only(one.withoutForecaster, forecasters),
      withForecaster: only(one.withForecaster, forecasters),
    })),
    forecasters: mapRecord(forecasters, (one: ForecasterState) => ({
      ...one,
      withoutInferer: only(one.withoutInferer, inferers),
      withoutForecaster: only(one.withoutForecaster, forecasters),
    })),
    reputers,
  }
}

type Members<S> = Readonly<Record<Address, S>>

/** The `most` members with the highest last nonce; of equals those with the lowest address. */
function recent<S extends { readonly lastNonce: number }>(members: Members<S>, most: number): Members<S> {
  const entries = entriesOf(members)
  if (entries.length <= most) return members
  return Object.fromEntries(
    entries
      .toSorted(([a, x], [b, y]) => y.lastNonce - x.lastNonce || compareAddress(a, b))
      .slice(0, most)
      .toSorted(([a], [b]) => compareAddress(a, b)),
  )
}

function only(numbers: Members<number>, members: Members<unknown>): Members<number> {
  return Object.fromEntries(entriesOf(numbers).filter(([address]) => Object.hasOwn(members, address)))
}

function mapRecord<S>(members: Members<S>, change: (state: S) => S): Members<S> {
  return Object.fromEntries(entriesOf(members).map(([address, state]) => [address, change(state)]))
}
