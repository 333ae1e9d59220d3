import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { median } from '@starling/protocol/num/median'
import { computeLoss } from '@starling/protocol/scoring/losses/computeLoss'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'

/** What the unweighted mean and the median of a settled epoch's admitted inferences would have lost, raw. */
export function lossesOfWays(
  policy: TopicPolicy,
  record: EpochRecord,
): { readonly mean: number; readonly median: number } {
  const truth = truthOf(policy, record)
  const values = record.network?.inferers.map((inference) => inference.values) ?? []
  return {
    mean: computeLoss(policy, meanOf(values), truth),
    median: computeLoss(policy, medianOf(policy, values), truth),
  }
}

/** The agreed truth as losses take it: of labels the label's index. */
function truthOf({ labels }: TopicPolicy, { truth, truthLabel }: EpochRecord): number {
  return truthLabel === '' ? (truth ?? 0) : labels.indexOf(truthLabel)
}

function meanOf(values: readonly Values[]): Values {
  const [first = []] = values
  return first.map((_, output) => values.reduce((sum, one) => sum + (one[output] ?? 0), 0) / values.length)
}

/** The median of each output; of label probabilities divided by their sum. */
function medianOf(policy: TopicPolicy, values: readonly Values[]): Values {
  const [first = []] = values
  const medians = first.map((_, output) => median(values.map((one) => one[output] ?? 0)))
  if (outputKindOf(policy) !== 'labels') return medians
  const sum = medians.reduce((total, one) => total + one, 0)
  return sum > 0 ? medians.map((one) => one / sum) : medians.map(() => 1 / medians.length)
}
