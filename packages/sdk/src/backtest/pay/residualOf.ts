import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'

/**
 * Value − truth, in units of the scale: of a number or a probability itself, of labels for each label, of quantiles that
 * of the middle level. SPEC VT-6
 */
export function residualOf(policy: TopicPolicy, values: Values, truth: number, scale: number): Values {
  switch (outputKindOf(policy)) {
    case 'labels':
      return values.map((value, label) => value - (label === truth ? 1 : 0))
    case 'quantiles':
      return [((values[Math.floor(values.length / 2)] ?? 0) - truth) / scale]
    case 'number':
    case 'probability':
      return [((values[0] ?? 0) - truth) / scale]
  }
}
