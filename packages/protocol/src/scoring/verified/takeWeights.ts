import { entryOf } from '../entryOf.ts'
import { mergeEntries } from '../mergeEntries.ts'
import type { ScoringState } from '../stateTypes.ts'
import type { Address, NetworkValues } from '../types.ts'

/** The state with the shares in the answer as the weights of everybody present: in a tower others than those of regrets. SPEC VT-10 */
export function takeWeights(state: ScoringState, { inferers, weights }: NetworkValues): ScoringState {
  return {
    ...state,
    inferers: withWeights(state.inferers, weights.slice(0, inferers.length)),
    forecasters: withWeights(state.forecasters, weights.slice(inferers.length)),
  }
}

function withWeights<S extends { readonly weight: number }>(
  states: Readonly<Record<Address, S>>,
  weights: NetworkValues['weights'],
): Readonly<Record<Address, S>> {
  const entries = weights.flatMap(({ worker, weight }): readonly (readonly [Address, S])[] => {
    const state = entryOf(states, worker)
    return state === undefined ? [] : [[worker, { ...state, weight }]]
  })
  return mergeEntries(states, entries)
}
