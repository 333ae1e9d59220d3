import { outputKindOf } from '../../scoring/losses/outputKindOf.ts'
import type { TopicPolicy, Values } from '../../scoring/types.ts'
import type { Inputs } from './types.ts'

/** One prediction by the names of its outputs: labels, levels, or `value`. */
export function valueInputs(policy: TopicPolicy, values: Values): Inputs {
  const named = namesOf(policy).map((name, i): readonly [string, number] => [name, values[i] ?? 0])
  return Object.fromEntries(named.length === 0 ? [['value', values[0] ?? 0]] : named)
}

/** The number that stands for a prediction: of labels the probability of the one that happened, of levels the middle. */
export function headValue(policy: TopicPolicy, values: Values, truth: number): number {
  const kind = outputKindOf(policy)
  if (kind === 'labels') return values[truth] ?? 0
  return values[kind === 'quantiles' ? Math.floor(values.length / 2) : 0] ?? 0
}

/** The truth by its name where it is a label. */
export function truthText(policy: TopicPolicy, truth: number): number | string {
  return policy.labels[truth] ?? truth
}

function namesOf(policy: TopicPolicy): readonly string[] {
  const kind = outputKindOf(policy)
  if (kind === 'labels') return policy.labels
  return kind === 'quantiles' ? policy.levels.map((level) => `level ${level}`) : []
}
