import { advanceContribution } from '@starling/protocol/scoring/contribution/advanceContribution'
import { baselineValues } from '@starling/protocol/scoring/contribution/baselineValues'
import { newContribution } from '@starling/protocol/scoring/contribution/newContribution'
import { workerShares } from '@starling/protocol/scoring/contribution/workerShares'
import { squaredLoss } from '@starling/protocol/scoring/losses/squaredLoss'

const policy = { loss: 'squared', domain: [-1e9, 1e9], labels: [], levels: [] }
const memory = 100

/** The network's value by weights 1 / mean loss: a tenth of the tower's time. */
function makeInverseLoss() {
  const losses = new Map()
  return {
    answer(inferences) {
      let top = 0
      let bottom = 0
      for (const { worker, values } of inferences) {
        const { total, n } = losses.get(worker) ?? { total: 1, n: 1 }
        const weight = n / Math.max(total, 1e-9)
        top += weight * values[0]
        bottom += weight
      }
      return [top / bottom]
    },
    learn(inferences, truth) {
      for (const { worker, values } of inferences) {
        const { total, n } = losses.get(worker) ?? { total: 0, n: 0 }
        losses.set(worker, { total: total + squaredLoss(values[0], truth), n: n + 1 })
      }
    },
  }
}

/** Contribution pay alone (SPEC VT-6), for runs in which only the truth is attacked. */
export function makeContributionPay() {
  let state = newContribution()
  const network = makeInverseLoss()
  let lastNetwork = null
  let answered = null
  return {
    answer(acts) {
      const inferences = acts.map(({ worker, value }) => ({ worker, values: [value] }))
      answered = { inferences, baselines: baselineValues(state.baseline, policy, lastNetwork) }
      lastNetwork = network.answer(inferences)
      return lastNetwork[0]
    },
    settle(acts, truth, _network, missedWorkers) {
      network.learn(answered.inferences, truth)
      const workers = acts.map(({ worker, value }) => ({
        worker,
        loss: squaredLoss(value, truth),
        residual: [value - truth],
      }))
      const epoch = { truth, workers, missedWorkers, forecasters: [], missedForecasters: [] }
      const baselineLosses = answered.baselines.map(([value]) => squaredLoss(value, truth))
      state = advanceContribution(state, { ...epoch, baselineLosses }, { memory, labels: 0 })
      const present = acts.map(({ worker }) => worker)
      return () => new Map(workerShares(state, present).map(({ worker, share }) => [worker, share]))
    },
  }
}
