import { TREND_LABELS } from './outcomes.ts'

/** Names of the topics a market feed serves. */
export type FeedTopicName = 'volatility' | 'risk' | 'trend'

/** What a feed topic asks, in the words of a topic's policy. */
export type FeedTopic = {
  readonly name: FeedTopicName
  readonly unit: string
  readonly loss: 'qlike' | 'log-loss' | 'cross-entropy'
  readonly labels: readonly string[]
  readonly domain: readonly [lowest: number, highest: number]
  readonly horizon: string
  readonly resolution: string
}

/** The topics of a market feed; each asks about the next trading day. */
export const feedTopics: readonly FeedTopic[] = [
  {
    name: 'volatility',
    unit: 'percent',
    loss: 'qlike',
    labels: [],
    domain: [0.05, 100],
    horizon: 'next trading day',
    resolution: 'Parkinson range volatility of the day: 100 · sqrt(ln(high/low)² / (4 ln 2))',
  },
  {
    name: 'risk',
    unit: 'probability',
    loss: 'log-loss',
    labels: [],
    domain: [0, 1],
    horizon: 'next trading day',
    resolution: '1 if the close is more than 1 % below the close before, else 0',
  },
  {
    name: 'trend',
    unit: 'probability',
    loss: 'cross-entropy',
    labels: TREND_LABELS,
    domain: [0, 1],
    horizon: 'next trading day',
    resolution: 'down below −0.3 %, up above +0.3 %, else flat; change from close to close',
  },
]
