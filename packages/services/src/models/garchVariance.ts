import { ln } from '@starling/protocol/num/exp'
import { meanSquare } from './mean.ts'

const WINDOW = 500
const ALPHAS = [0.03, 0.06, 0.1, 0.15, 0.2] as const
const PERSISTENCES = [0.9, 0.94, 0.97, 0.985, 0.995] as const
const REFINEMENTS = 3
/** Days whose variances are multiplied before one logarithm is taken. */
const BLOCK = 16

type Candidate = { readonly alpha: number; readonly persistence: number; readonly cost: number; readonly next: number }

/**
 * Tomorrow's variance of the returns under GARCH(1,1) with variance targeting, fitted by normal likelihood over the
 * newest 500 days: a grid, then a few finer ones around its best point.
 */
export function garchVariance(returns: readonly number[]): number {
  const window = Float64Array.from(returns.slice(-WINDOW))
  const level = Math.max(1e-4, meanSquare(returns.slice(-WINDOW)))
  const tried = ALPHAS.flatMap((alpha) =>
    PERSISTENCES.map((persistence) => evaluate(window, level, alpha, persistence)),
  )
  let best = tried.reduce(better)
  let alphaStep = 0.02
  let persistenceStep = 0.01
  for (let i = 0; i < REFINEMENTS; i++) {
    best = around(window, level, best, alphaStep, persistenceStep).reduce(better, best)
    alphaStep /= 2
    persistenceStep /= 2
  }
  return best.next
}

function better(a: Candidate, b: Candidate): Candidate {
  return b.cost < a.cost ? b : a
}

function around(window: Float64Array, level: number, best: Candidate, da: number, dp: number): Candidate[] {
  return [-1, 0, 1].flatMap((i) =>
    [-1, 0, 1].map((j) => {
      const alpha = Math.min(0.4, Math.max(0.005, best.alpha + i * da))
      const persistence = Math.min(0.999, Math.max(alpha, best.persistence + j * dp))
      return evaluate(window, level, alpha, persistence)
    }),
  )
}

/** Minus twice the log likelihood, up to a constant, and the variance after the last day. */
function evaluate(window: Float64Array, level: number, alpha: number, persistence: number): Candidate {
  const base = level * (1 - persistence)
  const beta = persistence - alpha
  let variance = level
  let cost = 0
  let product = 1
  for (let i = 0; i < window.length; i++) {
    const value = window[i] ?? 0
    const square = value * value
    cost += square / variance
    product *= variance
    if (i % BLOCK === BLOCK - 1) {
      cost += ln(product)
      product = 1
    }
    variance = base + alpha * square + beta * variance
  }
  return { alpha, persistence, cost: cost + ln(product), next: variance }
}
