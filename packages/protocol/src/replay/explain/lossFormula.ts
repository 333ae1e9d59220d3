import type { LossMethod } from '../../scoring/types.ts'

/** A topic's loss as people write it; the names are those of the inputs of its line. SPEC VT-4 */
export function lossFormula(loss: LossMethod): string {
  return formulas[loss]
}

const formulas: Readonly<Record<LossMethod, string>> = {
  squared: '(value - truth)^2',
  absolute: '|value - truth|',
  huber: 'd^2 / 2 for d = |value - truth| up to delta, else delta * (d - delta / 2)',
  logcosh: 'ln cosh(value - truth)',
  quantile: 'tau * (truth - value) from below, (1 - tau) * (value - truth) from above',
  'relative-squared': '((value - truth) / max(|truth|, 1e-9))^2',
  qlike: 'r - ln r - 1 with r = truth^2 / value^2',
  'log-loss': '-ln(value) where the truth is 1, -ln(1 - value) where it is 0',
  brier: 'sum of (probability - 1)^2 for what happened and probability^2 for the rest',
  'cross-entropy': '-ln(probability of the label that happened)',
  crps: '2 * mean of the quantile losses over the levels',
  pinball: 'mean of the quantile losses over the levels',
}
