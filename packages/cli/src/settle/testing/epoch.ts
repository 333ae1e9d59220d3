/** The document of `settle --input`, as far as the tests change it. */
export type EpochDocument = {
  readonly topic: { readonly id: number; readonly policy: PolicyDocument }
  readonly nonce: number
  readonly prior: unknown
  readonly inferences: readonly { readonly worker: string; readonly value: string | number }[]
  readonly forecasts: readonly {
    readonly forecaster: string
    readonly elements: readonly { readonly inferer: string; readonly value: string }[]
  }[]
  readonly reputers: readonly { readonly address: string; readonly stake: string; readonly value: string }[]
  readonly reward: string
}
type PolicyDocument = Readonly<Record<string, string | number | readonly string[]>>

/** The rules of the reference, by which examples can be worked out by hand. */
export const referenceRules: PolicyDocument = { pay: 'reference', synthesis: 'regret', intervals: 'spread' }

/** A policy that asks for a number, as JSON. */
export const numberPolicy: PolicyDocument = {
  loss: 'squared',
  domain_lowest: '-1000000',
  domain_highest: '1000000',
  tolerance: '1',
  min_reputers: 1,
  unit: 'USD',
  horizon: '1 h',
  resolution: 'The hourly close.',
}

/** A policy with three labels. */
export const labelPolicy: PolicyDocument = {
  loss: 'cross-entropy',
  labels: ['down', 'flat', 'up'],
  min_reputers: 1,
  unit: 'direction',
  horizon: 'next trading day',
  resolution: 'The close against the close before.',
}

/** An epoch of two workers: the plain mean is 102, the truth 101. */
export const epoch: EpochDocument = {
  topic: { id: 1, policy: numberPolicy },
  nonce: 100,
  prior: null,
  inferences: [
    { worker: 'w1', value: '100' },
    { worker: 'w2', value: 104 },
  ],
  forecasts: [
    {
      forecaster: 'f1',
      elements: [
        { inferer: 'w1', value: '1' },
        { inferer: 'w2', value: '4' },
      ],
    },
  ],
  reputers: [{ address: 'r1', stake: '60', value: '101' }],
  reward: '1000',
}
