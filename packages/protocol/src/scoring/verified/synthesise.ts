import {
  computeNetworkValues,
  computePlainValues,
  type NetworkInput,
  type PlainValues,
} from '../synthesis/computeNetworkValues.ts'
import { combineTower } from '../tower/combineTower.ts'
import { newTower } from '../tower/newTower.ts'
import type { TowerCombined, TowerMemory } from '../tower/towerTypes.ts'
import type { Address, AttributedValues, NetworkValues, TopicPolicy } from '../types.ts'
import { impliedName, rowOf } from './towerRow.ts'

/** The network values of an epoch, and what the tower has to know of them when the truth comes; null without a tower. */
export type Synthesis = { readonly network: NetworkValues; readonly memory: TowerMemory | null }

/**
 * Every network value of an epoch by the topic's own rule; null for no inference. In topics of tower synthesis the
 * reference's rules give the naive, forecast-implied and one-in values; the combined value, the one-outs of inferers and
 * forecasters, and the weights are the tower's. SPEC math 3, VT-10
 */
export function synthesise(input: NetworkInput & { readonly policy: TopicPolicy }): Synthesis | null {
  const { policy, state } = input
  if (policy.synthesis === 'regret') {
    const network = computeNetworkValues(input)
    return network === null ? null : { network, memory: null }
  }
  const plain = computePlainValues(input)
  if (plain === null) return null
  const tower = state.verified?.tower ?? newTower(policy)
  const [answer] = combineTower(policy, tower, [rowOf(plain)], { oneOut: true })
  if (answer === null || answer === undefined) return null
  return { network: withTower(plain, answer), memory: answer.memory }
}

function withTower(plain: PlainValues, { values, weights, oneOut }: TowerCombined): NetworkValues {
  const weightOf = new Map(weights.map(({ worker, weight }) => [worker, weight]))
  const without = new Map(oneOut.map(({ worker, values }) => [worker, values]))
  const pick = (list: AttributedValues, nameOf: (worker: Address) => Address): AttributedValues =>
    list.flatMap(({ worker }) => {
      const values = without.get(nameOf(worker))
      return values === undefined ? [] : [{ worker, values }]
    })
  const own = (worker: Address): Address => worker
  const { inferers, forecasters } = plain
  return {
    ...plain,
    combined: values,
    oneOutInferers: pick(inferers, own),
    oneOutForecasters: pick(forecasters, impliedName),
    weights: [
      ...inferers.map(({ worker }) => ({ worker, weight: weightOf.get(worker) ?? 0 })),
      ...forecasters.map(({ worker }) => ({ worker, weight: weightOf.get(impliedName(worker)) ?? 0 })),
    ],
  }
}
