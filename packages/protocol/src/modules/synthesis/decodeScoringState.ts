import { fromBinary } from '@bufbuild/protobuf'
import {
  type ForecasterState as ForecasterMessage,
  type InfererState as InfererMessage,
  type Numbers,
  type ScoringState as ScoringStateMessage,
  ScoringStateSchema,
} from '../../gen/starling/v1/scoring_pb.ts'
import type { ForecasterState, InfererState, ScoringState } from '../../scoring/stateTypes.ts'
import type { Address } from '../../scoring/types.ts'
import { topicsError } from '../topics/errors.ts'
import { decodeVerified } from './verified/decodeVerified.ts'

/**
 * Reads what `encodeScoringState` wrote. Bytes that are none, or hold what is no number, are refused: every node has
 * the same ones, and a topic with such a state is left out while the others go on. SPEC architecture §4
 */
export function decodeScoringState(bytes: Uint8Array): ScoringState {
  const message = decode(bytes)
  const fault = findNotFinite(message)
  if (fault !== undefined) throw topicsError('STATE_DAMAGED', { reason: `${fault} is not finite` })
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
    ...(message.verified === undefined ? {} : { verified: decodeVerified(message.verified) }),
  }
}

function decode(bytes: Uint8Array): ScoringStateMessage {
  try {
    return fromBinary(ScoringStateSchema, bytes)
  } catch (error) {
    throw topicsError('STATE_DAMAGED', { reason: error instanceof Error ? error.message : String(error) })
  }
}

/** Name of the first number that is not finite. */
function findNotFinite(message: ScoringStateMessage): string | undefined {
  const { inferers, forecasters, reputers } = message
  const numbers: readonly (readonly [string, readonly (number | undefined)[]])[] = [
    ['initial_regret', [message.initialRegret]],
    ['regret_scale', [message.regretScale]],
    ['combined_loss', [message.combinedLoss]],
    ['a score', [...message.infererScores, ...message.forecasterScores]],
    ['forecaster_score_ratio', [message.forecasterScoreRatio]],
    ['inference_mad_ema', [message.inferenceMadEma]],
    ...[...inferers, ...forecasters].flatMap((one): (readonly [string, readonly (number | undefined)[]])[] => [
      [`${one.address}.regret`, [one.regret, one.weight, one.rewardFraction]],
      [`${one.address}.without`, [...(one.withoutInferer?.value ?? []), ...(one.withoutForecaster?.value ?? [])]],
    ]),
    ...inferers.map((one) => [`${one.address}.with`, [one.naiveRegret, ...(one.withForecaster?.value ?? [])]] as const),
    ...forecasters.map((one) => [`${one.address}.with`, [one.withSelf]] as const),
    ...reputers.map((one) => [`${one.address}.listening`, [one.listeningCoefficient, one.rewardFraction]] as const),
  ]
  return numbers.find(([, values]) => values.some((value) => value !== undefined && !Number.isFinite(value)))?.[0]
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
    if (address === undefined || number === undefined) {
      throw topicsError('STATE_DAMAGED', { reason: 'it names a member it does not have' })
    }
    return [address, number]
  })
  return Object.fromEntries(entries)
}
