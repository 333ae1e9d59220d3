import type { Address, NetworkLosses } from '../types.ts'

/** (1 − f)·(one-out − combined) + f·(naive − one-in), f = 2^−(N − 1); a lone forecaster scores 0. SPEC math 9.2 */
export function computeForecasterScores(
  losses: NetworkLosses,
): readonly { readonly worker: Address; readonly score: number }[] {
  const [lone, second] = losses.forecasters
  if (lone !== undefined && second === undefined) return [{ worker: lone.worker, score: 0 }]
  let share = 1
  for (let i = 1; i < losses.oneOutForecasters.length; i++) share /= 2
  return losses.oneOutForecasters.map(({ worker, loss }, i) => {
    const oneIn = losses.oneInForecasters[i]?.loss ?? losses.naive
    return { worker, score: (1 - share) * (loss - losses.combined) + share * (losses.naive - oneIn) }
  })
}
