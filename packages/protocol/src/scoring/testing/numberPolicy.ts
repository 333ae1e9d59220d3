import type { TopicPolicy } from '../types.ts'

/** A policy that asks for a number, for tests and benches. */
export const numberPolicy: TopicPolicy = {
  truth: 'attested',
  submissions: 'plain',
  loss: 'squared',
  domain: [-1000, 1000],
  labels: [],
  levels: [],
  pay: 'reference',
  synthesis: 'regret',
  intervals: 'spread',
  memory: 100,
  tolerance: 1,
  minReputers: 1,
  minStake: 1n,
  unit: 'USD',
  horizon: '1 h',
  resolution: 'The hourly close.',
}
