import { sampleStandardDeviation } from '../../num/sampleStandardDeviation.ts'

/** min(EMAs) − λ · sd(EMAs); none: 0; one: itself. SPEC math 9.5 */
export function computeInitialEmaScore(emas: readonly number[], lambda: number): number {
  const [first] = emas
  if (first === undefined) return 0
  if (emas.length === 1) return first
  return emas.reduce((a, b) => Math.min(a, b), first) - lambda * sampleStandardDeviation(emas)
}
