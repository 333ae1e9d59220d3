import type { Inference } from '../../gen/starling/v1/epochs_pb.ts'
import { median } from '../../num/median.ts'
import { sum } from '../../num/sum.ts'
import type { TopicPolicy, Values } from '../types.ts'
import { computeLoss } from './computeLoss.ts'
import { outputKindOf } from './outputKindOf.ts'

/** What of a settled epoch's record the ways to answer are judged by. */
export type JudgedEpoch = {
  readonly truth?: number | undefined
  readonly truthLabel: string
  readonly network?: { readonly inferers: readonly Inference[] } | undefined
}

/** What the unweighted mean and the median of a settled epoch's admitted inferences would have lost, raw. */
export function lossesOfWays(
  policy: TopicPolicy,
  record: JudgedEpoch,
): { readonly mean: number; readonly median: number } {
  const truth = truthOf(policy, record)
  const values = record.network?.inferers.map((inference) => inference.values) ?? []
  return {
    mean: computeLoss(policy, meanOf(values), truth),
    median: computeLoss(policy, medianOf(policy, values), truth),
  }
}

/** The agreed truth as losses take it: of labels the label's index. */
export function truthOf(
  { labels }: TopicPolicy,
  { truth, truthLabel }: Pick<JudgedEpoch, 'truth' | 'truthLabel'>,
): number {
  return truthLabel === '' ? (truth ?? 0) : labels.indexOf(truthLabel)
}

function meanOf(values: readonly Values[]): Values {
  const [first = []] = values
  return first.map((_, output) => sum(values.map((one) => one[output] ?? 0)) / values.length)
}

/** The median of each output; of label probabilities divided by their sum. */
function medianOf(policy: TopicPolicy, values: readonly Values[]): Values {
  const [first = []] = values
  const medians = first.map((_, output) => median(values.map((one) => one[output] ?? 0)))
  if (outputKindOf(policy) !== 'labels') return medians
  const total = sum(medians)
  return total > 0 ? medians.map((one) => one / total) : medians.map(() => 1 / medians.length)
}
