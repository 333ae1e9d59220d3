import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { computeWorkerFractions } from '@starling/protocol/scoring/rewards/computeWorkerFractions'
import { computeWeights } from '@starling/protocol/scoring/synthesis/computeWeights'

const params = defaultScoringParams
const FLOOR = 1e-12
const HISTORY = 10

const logLoss = (value, truth) => Math.log10((value - truth) ** 2 + FLOOR)

function combine(values, weights, without = -1) {
  let top = 0
  let bottom = 0
  for (const [i, value] of values.entries()) {
    if (i === without) continue
    top += weights[i] * value
    bottom += weights[i]
  }
  return bottom > 0 ? top / bottom : values.reduce((a, b) => a + b, 0) / values.length
}

/**
 * The pay rule of the reference network for inferers: regret-weighted value, scores by what the value loses without each
 * worker, fractions by their soft-plus over the deviation of the last scores. Of the regrets only the first family is
 * kept (a withheld worker's weight is spread over the others), which leaves a run a hundredth of its time. `bias` is what
 * reputers with a share of the stake add, in powers of ten, to the one-out losses they report of some workers: reported
 * losses are averaged by stake.
 */
export function makeReferencePay() {
  const regrets = new Map()
  let history = []
  return {
    answer(acts) {
      const weights = computeWeights(
        acts.map(({ worker }) => regrets.get(worker) ?? 0),
        0,
        params,
      )
      return combine(
        acts.map(({ value }) => value),
        weights,
      )
    },
    settle(acts, truth, network, _missed, bias) {
      const values = acts.map(({ value }) => value)
      const weights = computeWeights(
        acts.map(({ worker }) => regrets.get(worker) ?? 0),
        0,
        params,
      )
      const loss = logLoss(network, truth)
      const scores = values.map((_, i) => logLoss(combine(values, weights, i), truth) - loss)
      for (const [i, { worker }] of acts.entries()) {
        if (bias?.own.includes(worker)) scores[i] += bias.share * bias.dex
      }
      history = [...history.slice(-(HISTORY - 1)), scores]
      for (const { worker, value } of acts) {
        const regret = loss - logLoss(value, truth)
        regrets.set(worker, (1 - params.alphaRegret) * (regrets.get(worker) ?? 0) + params.alphaRegret * regret)
      }
      const fractions = computeWorkerFractions(scores, history.flat(), {
        p: params.pRewardInference,
        c: params.cRewardInference,
        epsilon: params.epsilon,
      })
      return () => new Map(acts.map(({ worker }, i) => [worker, fractions[i]]))
    },
  }
}
