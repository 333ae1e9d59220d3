import { log10 } from '../../num/exp.ts'
import type { LossMethod } from '../types.ts'

/** Only keeps the logarithm of a loss of 0 finite: in a unit of the topic's, no loss is small in itself. */
const SMALLEST = 1e-12
/**
 * For losses that are pure numbers. A strictly proper loss loses its propriety on a curved scale: its logarithm would
 * prefer who is boldly right now and then to who is right on average. Above 3 the scale is nearly straight. ADR-010
 */
const STRAIGHT = 3

/** Floor of a loss on the scale of regrets. SPEC VT-4, ADR-010 */
export function floorOf(loss: LossMethod): number {
  switch (loss) {
    case 'qlike':
    case 'log-loss':
    case 'cross-entropy':
    case 'brier':
    case 'relative-squared':
      return STRAIGHT
    case 'squared':
    case 'absolute':
    case 'huber':
    case 'logcosh':
    case 'quantile':
    case 'crps':
    case 'pinball':
      return SMALLEST
  }
}

/** log10(loss + floor), the scale of regrets and forecasts. SPEC VT-4 */
export function toRegretScale(value: number, loss: LossMethod): number {
  return log10(value + floorOf(loss))
}
