import { computeLoss } from '@starling/protocol/scoring/losses/computeLoss'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'

/** The loss of one answer, of its values and the truth divided by the case's scale. */
export type ScaledLoss = (values: Values, truth: number, scale: number) => number

/** The policy's loss with errors in units of the scale; beyond the doubles the largest double, as on the chain. */
export function createScaledLoss(policy: TopicPolicy): ScaledLoss {
  const kind = outputKindOf(policy)
  const hasUnit = kind === 'number' || kind === 'quantiles'
  return (values, truth, scale) => {
    const isPlain = !hasUnit || scale === 1
    const loss = isPlain
      ? computeLoss(policy, values, truth)
      : computeLoss(
          policy,
          values.map((value) => value / scale),
          truth / scale,
        )
    return Number.isFinite(loss) ? loss : Number.MAX_VALUE
  }
}
