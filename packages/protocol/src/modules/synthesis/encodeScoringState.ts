import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import {
  type ForecasterStateSchema,
  type InfererStateSchema,
  type NumbersSchema,
  ScoringStateSchema,
} from '../../gen/starling/v1/scoring_pb.ts'
import { entriesOf } from '../../scoring/entriesOf.ts'
import type { ForecasterState, InfererState, ScoringState } from '../../scoring/stateTypes.ts'
import type { Address } from '../../scoring/types.ts'
import { encodeVerified } from './verified/encodeVerified.ts'

type Places = ReadonlyMap<Address, number>

/** The canonical bytes of a scoring state: what is stored and hashed. */
export function encodeScoringState(state: ScoringState): Uint8Array {
  const inferers = entriesOf(state.inferers)
  const forecasters = entriesOf(state.forecasters)
  const ofInferers = placesOf(inferers)
  const ofForecasters = placesOf(forecasters)
  const message = create(ScoringStateSchema, {
    initialRegret: state.initialRegret,
    regretScale: state.regretScale,
    ...optional('combinedLoss', state.combinedLoss),
    inferers: inferers.map(([address, inferer]) => toInferer(address, inferer, ofInferers, ofForecasters)),
    forecasters: forecasters.map(([address, one]) => toForecaster(address, one, ofInferers, ofForecasters)),
    reputers: entriesOf(state.reputers).map(([address, reputer]) => ({
      address,
      listeningCoefficient: reputer.listeningCoefficient,
      ...optional('rewardFraction', reputer.rewardFraction),
      lastNonce: BigInt(reputer.lastNonce),
    })),
    infererScores: [...state.infererScores],
    forecasterScores: [...state.forecasterScores],
    forecasterScoreRatio: state.forecasterScoreRatio,
    inferenceMadEma: state.inferenceMadEma,
    ...(state.verified === undefined ? {} : { verified: encodeVerified(state.verified) }),
  })
  return toBinary(ScoringStateSchema, message)
}

function placesOf(entries: readonly (readonly [Address, unknown])[]): Places {
  return new Map(entries.map(([address], place) => [address, place]))
}

function toInferer(
  address: Address,
  state: InfererState,
  inferers: Places,
  forecasters: Places,
): MessageInitShape<typeof InfererStateSchema> {
  return {
    address,
    ...optional('regret', state.regret),
    ...optional('naiveRegret', state.naiveRegret),
    withoutInferer: toNumbers(state.withoutInferer, inferers),
    withoutForecaster: toNumbers(state.withoutForecaster, forecasters),
    withForecaster: toNumbers(state.withForecaster, forecasters),
    weight: state.weight,
    inclusions: BigInt(state.inclusions),
    ...optional('rewardFraction', state.rewardFraction),
    lastNonce: BigInt(state.lastNonce),
  }
}

function toForecaster(
  address: Address,
  state: ForecasterState,
  inferers: Places,
  forecasters: Places,
): MessageInitShape<typeof ForecasterStateSchema> {
  return {
    address,
    ...optional('regret', state.regret),
    withoutInferer: toNumbers(state.withoutInferer, inferers),
    withoutForecaster: toNumbers(state.withoutForecaster, forecasters),
    ...optional('withSelf', state.withSelf),
    weight: state.weight,
    inclusions: BigInt(state.inclusions),
    ...optional('rewardFraction', state.rewardFraction),
    lastNonce: BigInt(state.lastNonce),
  }
}

/** Numbers by place, ascending; the records are in address order already. */
function toNumbers(record: Readonly<Record<Address, number>>, places: Places): MessageInitShape<typeof NumbersSchema> {
  const entries = entriesOf(record).map(([address, value]) => {
    const place = places.get(address)
    if (place === undefined) throw new Error(`a regret about ${address}, who is no member of the topic`)
    return { place, value }
  })
  return { who: entries.map(({ place }) => place), value: entries.map(({ value }) => value) }
}

/** An optional field: absent where there is no number. */
function optional<N extends string>(name: N, value: number | null): { readonly [K in N]?: number } {
  return value === null ? {} : ({ [name]: value } as { readonly [K in N]?: number })
}
