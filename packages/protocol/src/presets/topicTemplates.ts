import type { MessageToSend } from '../tx/encodeTx.ts'

/** A ready question: what a topic asks, in the words of its policy. */
export type TopicTemplate = {
  readonly name: 'volatility' | 'risk' | 'trend'
  readonly unit: string
  readonly loss: 'qlike' | 'log-loss' | 'cross-entropy'
  readonly labels: readonly string[]
  readonly domain: readonly [lowest: number, highest: number]
  /** How far a report may lie from the agreed truth; empty where the majority decides. */
  readonly tolerance: string
  readonly horizon: string
  readonly resolution: string
}

/** Questions about the next trading day of a market, one of each kind of answer. */
export const topicTemplates: readonly TopicTemplate[] = [
  {
    name: 'volatility',
    unit: 'percent',
    loss: 'qlike',
    labels: [],
    domain: [0.05, 100],
    tolerance: '0.001',
    horizon: 'next trading day',
    resolution: 'Parkinson range volatility of the day: 100 · sqrt(ln(high/low)² / (4 ln 2))',
  },
  {
    name: 'risk',
    unit: 'probability',
    loss: 'log-loss',
    labels: [],
    domain: [0, 1],
    tolerance: '',
    horizon: 'next trading day',
    resolution: '1 if the close is more than 1 % below the close before, else 0',
  },
  {
    name: 'trend',
    unit: 'probability',
    loss: 'cross-entropy',
    labels: ['down', 'flat', 'up'],
    domain: [0, 1],
    tolerance: '',
    horizon: 'next trading day',
    resolution: 'down below −0.3 %, up above +0.3 %, else flat; change from close to close',
  },
]

/** How a topic's epochs run, in blocks. */
export type TopicPace = {
  readonly epochLength: bigint
  readonly groundTruthLag: bigint
  readonly workerSubmissionWindow: bigint
  /** Sealed ones split the worker window, and the epoch for reputers, into blocks to commit in and blocks to reveal in. */
  readonly submissions: 'sealed' | 'plain'
}

/** The message that creates a topic from a template. */
export function createFromTemplate(
  template: TopicTemplate,
  creator: string,
  { submissions, ...pace }: TopicPace,
): MessageToSend {
  const { name, labels, domain, ...policy } = template
  return {
    typeUrl: '/starling.v1.CreateTopicRequest',
    value: {
      creator,
      name,
      ...pace,
      policy: {
        ...policy,
        truth: 'attested',
        submissions,
        pay: 'contribution',
        synthesis: 'tower',
        intervals: 'conformal',
        ...(submissions === 'sealed' ? sealedWindowsOf(pace) : {}),
        labels: [...labels],
        domainLowest: String(domain[0]),
        domainHighest: String(domain[1]),
      },
    },
  }
}

type SealedWindows = {
  readonly workerCommitWindow: bigint
  readonly workerRevealWindow: bigint
  readonly truthCommitWindow: bigint
  readonly truthRevealWindow: bigint
}

/**
 * Workers have more time to commit, as models compute then; reputers commit soon, so that an epoch whose reveals close it
 * early settles before the answer of the next one. ROUNDING: down, but a reveal window has a block.
 */
function sealedWindowsOf({ workerSubmissionWindow: work, epochLength }: Omit<TopicPace, 'submissions'>): SealedWindows {
  const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)
  const workerRevealWindow = most(1n, (2n * work) / 5n)
  const truthCommitWindow = most(1n, (2n * epochLength) / 5n)
  return {
    workerCommitWindow: work - workerRevealWindow,
    workerRevealWindow,
    truthCommitWindow,
    truthRevealWindow: epochLength - truthCommitWindow,
  }
}
