import stdlibExp from '@stdlib/math-base-special-exp'
import stdlibExpm1 from '@stdlib/math-base-special-expm1'
import stdlibLn from '@stdlib/math-base-special-ln'
import stdlibLog1p from '@stdlib/math-base-special-log1p'

/** e^x from plain double arithmetic: the same bits on every engine (ADR-001). */
export const exp: (x: number) => number = stdlibExp
/** e^x − 1, accurate near 0. */
export const expm1: (x: number) => number = stdlibExpm1
/** Natural logarithm; NaN below 0, −∞ at 0. */
export const ln: (x: number) => number = stdlibLn
/** ln(1 + x), accurate near 0. */
export const log1p: (x: number) => number = stdlibLog1p

const LN10 = 2.302585092994046

/** Base-10 logarithm: ln x / ln 10, in this order. */
export function log10(x: number): number {
  return ln(x) / LN10
}
