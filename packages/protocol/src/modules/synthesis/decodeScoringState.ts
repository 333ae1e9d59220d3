import { fromBinary } from '@bufbuild/protobuf'
import {
  type ForecasterState as ForecasterMessage,
  type InfererState as InfererMessage,
  type Numbers,
  ScoringStateSchema,
} from '../../gen/starling/v1/scoring_pb.ts'
import type { Address, ForecasterState, InfererState, ScoringState } from '../../scoring/types.ts'

/** Reads what `encodeScoringState` wrote. */
export function decodeScoringState(bytes: Uint8Array): ScoringState {
  const message = fromBinary(ScoringStateSchema, bytes)
  const inferers = message.inferers.map(({ address }) => address)
  const forecasters = message.forecasters.map(({ address }) => address)
  return {
    initialRegret: message.initialRegret,
    regretScale: message.regretScale,
    combinedLoss: message.combinedLoss ?? null,
    inferers: byAddress(message.inferers, (one) => fromInferer(one, inferers, forecasters)),
    forecasters: byAddress(message.forecasters, (one) => fromForecaster(one, inferers, forecasters)),
    reputers: byAddress(message.reputers, (one) => ({
      listeningCoefficient: one.listeningCoefficient,
      rewardFraction: one.rewardFraction ?? null,
      lastNonce: Number(one.lastNonce),
    })),
    infererScores: message.infererScores,
    forecasterScores: message.forecasterScores,
    forecasterScoreRatio: message.forecasterScoreRatio,
    inferenceMadEma: message.inferenceMadEma,
  }
}

function byAddress<M extends { readonly address: string }, S>(
  list: readonly M[],
  read: (one: M) => S,
): Readonly<Record<Address, S>> {
  return Object.fromEntries(list.map((one) => [one.address, read(one)]))
}

function fromInferer(one: InfererMessage, inferers: readonly Address[], forecasters: readonly Address[]): InfererState {
  return {
    regret: one.regret ?? null,
    naiveRegret: one.naiveRegret ?? null,
    withoutInferer: fromNumbers(one.withoutInferer, inferers),
    withoutForecaster: fromNumbers(one.withoutForecaster, forecasters),
    withForecaster: fromNumbers(one.withForecaster, forecasters),
    weight: one.weight,
    inclusions: Number(one.inclusions),
    rewardFraction: one.rewardFraction ?? null,
    lastNonce: Number(one.lastNonce),
  }
}

function fromForecaster(
  one: ForecasterMessage,
  inferers: readonly Address[],
  forecasters: readonly Address[],
): ForecasterState {
  return {
    regret: one.regret ?? null,
    withoutInferer: fromNumbers(one.withoutInferer, inferers),
    withoutForecaster: fromNumbers(one.withoutForecaster, forecasters),
    withSelf: one.withSelf ?? null,
    weight: one.weight,
    inclusions: Number(one.inclusions),
    rewardFraction: one.rewardFraction ?? null,
    lastNonce: Number(one.lastNonce),
  }
}

function fromNumbers(numbers: Numbers | undefined, addresses: readonly Address[]): Readonly<Record<Address, number>> {
  const { who = [], value = [] } = numbers ?? {}
  const entries = who.map((place, i): readonly [Address, number] => {
    const address = addresses[place]
    const number = value[i]
    if (address === undefined || number === undefined)
      throw new Error('a scoring state names a member it does not have')
    return [address, number]
  })
  return Object.fromEntries(entries)
}
