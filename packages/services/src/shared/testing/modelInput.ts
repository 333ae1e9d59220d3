import type { ForecastInput } from '../../models/types.ts'

/** An input as models get it. */
export const modelInput: ForecastInput = {
  topic: { id: 1, name: 'volatility', unit: 'percent', loss: 'qlike', labels: [], domain: [0.05, 100] },
  nonce: 4,
  deadlineHeight: 6,
  truths: [{ nonce: 1, value: 7 }],
  data: { close: [1, 2, 3] },
  workers: [{ address: 'w1', losses: [0.5, null] }],
}
