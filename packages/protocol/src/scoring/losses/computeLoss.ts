import type { TopicPolicy, Values } from '../types.ts'
import { absoluteLoss } from './absoluteLoss.ts'
import { brierLoss } from './brierLoss.ts'
import { crossEntropyLoss } from './crossEntropyLoss.ts'
import { crpsLoss } from './crpsLoss.ts'
import { huberLoss } from './huberLoss.ts'
import { logcoshLoss } from './logcoshLoss.ts'
import { logLoss } from './logLoss.ts'
import { pinballLoss } from './pinballLoss.ts'
import { qlikeLoss } from './qlikeLoss.ts'
import { quantileLoss } from './quantileLoss.ts'
import { relativeSquaredLoss } from './relativeSquaredLoss.ts'
import { squaredLoss } from './squaredLoss.ts'

/** Loss (≥ 0) of checked values against the truth: a number, or a label index for labels. SPEC VT-4 */
export function computeLoss(
  policy: Pick<TopicPolicy, 'loss' | 'lossParameter' | 'levels'>,
  values: Values,
  truth: number,
): number {
  const value = values[0] ?? 0
  switch (policy.loss) {
    case 'squared':
      return squaredLoss(value, truth)
    case 'absolute':
      return absoluteLoss(value, truth)
    case 'huber':
      return huberLoss(value, truth, policy.lossParameter ?? 1)
    case 'logcosh':
      return logcoshLoss(value, truth)
    case 'quantile':
      return quantileLoss(value, truth, policy.lossParameter ?? 0.5)
    case 'relative-squared':
      return relativeSquaredLoss(value, truth)
    case 'qlike':
      return qlikeLoss(value, truth)
    case 'log-loss':
      return logLoss(value, truth)
    case 'brier':
      return brierLoss(values, truth)
    case 'cross-entropy':
      return crossEntropyLoss(values, truth)
    case 'crps':
      return crpsLoss(values, policy.levels, truth)
    case 'pinball':
      return pinballLoss(values, policy.levels, truth)
  }
}
