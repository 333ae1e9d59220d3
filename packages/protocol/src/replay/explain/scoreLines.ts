import type { Explained, Line } from './types.ts'

/** The score of an inferer: what the network loses without it. SPEC math 9.1 */
export function infererScoreLines({ parts, address }: Explained): Line[] {
  const { log } = parts.losses
  const without = log.oneOutInferers.find(({ worker }) => worker === address)?.loss
  const value = scoreOf(parts.scored.scores.inferers, address)
  if (without === undefined) return [{ label: 'score', formula: '0 for the only inferer', inputs: {}, value }]
  return [
    {
      label: 'score',
      formula: 'log loss of the network without it - log loss of the network',
      inputs: { without, network: log.combined },
      value,
    },
  ]
}

/** The score of a forecaster: what the network loses without it, and what it alone adds to the naive network. SPEC math 9.2 */
export function forecasterScoreLines({ parts, address }: Explained): Line[] {
  const { log } = parts.losses
  const without = log.oneOutForecasters.find(({ worker }) => worker === address)?.loss
  const value = scoreOf(parts.scored.scores.forecasters, address)
  if (without === undefined) return [{ label: 'score', formula: '0 for the only forecaster', inputs: {}, value }]
  const alone = log.oneInForecasters.find(({ worker }) => worker === address)?.loss ?? log.naive
  let share = 1
  for (let i = 1; i < log.oneOutForecasters.length; i++) share /= 2
  return [
    {
      label: 'score',
      formula: '(1 - f) * (without - network) + f * (naive - alone), f = 2^-(forecasters - 1)',
      inputs: { f: share, without, network: log.combined, naive: log.naive, alone },
      value,
    },
  ]
}

function scoreOf(scores: readonly { readonly worker: string; readonly value: number }[], address: string): number {
  return scores.find(({ worker }) => worker === address)?.value ?? 0
}
