import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import type { Applicant } from './enterMerit.ts'
import { isOnTrial } from './isOnTrial.ts'
import { placesOf } from './placesOf.ts'

/**
 * Those of whom the least has to leave, where one more wants a place than there are: the ones on trial, if they are more
 * than the newcomers' part of the places (the topic's quantile, rounded up), else all. So new names, however many, keep
 * nobody out but each other and the least of the others. Whoever comes first, the same remain. SPEC VT-2, VT-6, ADR-025
 */
export function rivalsOf<T>(
  state: StateReader,
  { role, topic }: Pick<Applicant, 'role' | 'topic'>,
  all: readonly T[],
  addressOf: (one: T) => string,
): readonly T[] {
  if (role === 'reputer') return all
  const onTrial = all.filter((one) => isOnTrial(state, { role, topic, address: addressOf(one) }))
  if (onTrial.length === 0) return all
  const { activeInfererQuantile, activeForecasterQuantile } = topic.base
  const part = readDecimal(role === 'inferer' ? activeInfererQuantile : activeForecasterQuantile)
  return onTrial.length > Math.ceil(part * placesOf(getParams(state), role)) ? onTrial : all
}
