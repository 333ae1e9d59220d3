import { EventTokenomicsSetSchema } from '@starling/protocol/gen/mint/v3/events_pb'
import type { EmissionFault } from '@starling/protocol/modules/mint/computeEmission'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { calculateEmission, getStakedTokens } from './calculateEmission.ts'
import type { MintTerms } from './mintTerms.ts'
import {
  setMonthsUnlocked,
  setPreviousBlockEmission,
  setPreviousEmissionPerUnitStaked,
  setRecalculationDue,
} from './view.ts'

/**
 * Calculates the emission anew and stores it; where it has no value, nothing is changed and the reason is returned.
 * SPEC lifecycle 6.4
 */
export function recalculateEmission(
  { state, emit }: Context,
  terms: MintTerms,
  blocksSinceStart: bigint,
): EmissionFault | undefined {
  const emission = calculateEmission(state, terms, blocksSinceStart)
  if ('fault' in emission) return emission
  setPreviousEmissionPerUnitStaked(state, emission.emissionPerUnitStaked)
  setPreviousBlockEmission(state, emission.blockEmission)
  setMonthsUnlocked(state, emission.vesting.months)
  setRecalculationDue(state, false)
  emit(
    typedEvent(EventTokenomicsSetSchema, {
      stakedTokenAmount: getStakedTokens(state).toString(),
      circulatingSupply: emission.circulatingSupply.toString(),
      emissionsAmount: emission.emissionPerMonth.toString(),
    }),
  )
  return undefined
}
