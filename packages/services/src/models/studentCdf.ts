/** Student's distribution with 4 degrees of freedom, scaled to standard deviation 1: closed form, fat tails. */
export function studentCdf(x: number): number {
  const t = x * Math.SQRT2
  const s = 1 + (t * t) / 4
  return 0.5 + ((3 / 8) * t * (1 - (t * t) / (12 * s))) / Math.sqrt(s)
}
