import { exp, expm1, ln, log1p } from '../../../num/exp.ts'
import type { LossMethod } from '../../types.ts'

/** A loss of a number and its derivative in the prediction, where errors are divided by the row's scale. SPEC VT-4 */
export type PointLoss = {
  readonly value: (prediction: number, truth: number, scale: number, tau: number) => number
  readonly slope: (prediction: number, truth: number, scale: number, tau: number) => number
}

const FLOOR = 1e-9

const squared: PointLoss = {
  value: (p, y, s) => ((p - y) / s) * ((p - y) / s),
  slope: (p, y, s) => (2 * (p - y)) / (s * s),
}
const absolute: PointLoss = {
  value: (p, y, s) => Math.abs((p - y) / s),
  slope: (p, y, s) => Math.sign(p - y) / s,
}
const quantile: PointLoss = {
  value: (p, y, s, tau) => (p >= y ? (1 - tau) * ((p - y) / s) : -tau * ((p - y) / s)),
  slope: (p, y, s, tau) => ((y < p ? 1 : 0) - tau) / s,
}
const relative: PointLoss = {
  value: (p, y) => squared.value(p, y, Math.max(Math.abs(y), FLOOR), 0),
  slope: (p, y) => squared.slope(p, y, Math.max(Math.abs(y), FLOOR), 0),
}
const logcosh: PointLoss = {
  value: (p, y, s) => {
    const d = Math.abs((p - y) / s)
    if (d >= 1) return d + log1p(exp(-2 * d)) - Math.LN2
    const grown = expm1(d)
    return log1p((grown * grown) / (2 * (1 + grown)))
  },
  slope: (p, y, s) => {
    const fall = expm1(-2 * Math.abs((p - y) / s))
    return (Math.sign(p - y) * -fall) / (2 + fall) / s
  },
}
/** r − ln r − 1, r = y²/p²; the slope is 2(1 − r)/p. */
const qlike: PointLoss = {
  value: (p, y) => {
    const q = Math.max(Math.abs(y), FLOOR) / Math.max(Math.abs(p), FLOOR)
    return Math.max(0, q * q - ln(q * q) - 1)
  },
  slope: (p, y) => {
    const size = Math.max(Math.abs(p), FLOOR)
    const q = Math.max(Math.abs(y), FLOOR) / size
    return ((p < 0 ? -2 : 2) * (1 - q * q)) / size
  },
}

function huber(delta: number): PointLoss {
  return {
    value: (p, y, s) => {
      const d = Math.abs((p - y) / s)
      return d <= delta ? (d * d) / 2 : delta * (d - delta / 2)
    },
    slope: (p, y, s) => Math.max(-delta, Math.min(delta, (p - y) / s)) / s,
  }
}

/** The loss that the layers over numbers learn from; those of probabilities are not numbers' losses and count as squared. */
export function pointLossOf(loss: LossMethod, parameter: number | undefined): PointLoss {
  switch (loss) {
    case 'absolute':
      return absolute
    case 'huber':
      return huber(parameter ?? 1)
    case 'logcosh':
      return logcosh
    case 'quantile':
    case 'crps':
    case 'pinball':
      return quantile
    case 'relative-squared':
      return relative
    case 'qlike':
      return qlike
    case 'squared':
    case 'brier':
    case 'log-loss':
    case 'cross-entropy':
      return squared
  }
}
