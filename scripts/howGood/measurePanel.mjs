import { quantile } from '@starling/protocol/num/quantile'
import { flagCases, planEpochs } from '@starling/sdk/backtest/planEpochs'
import { runBacktest } from '@starling/sdk/backtest/runBacktest'
import { rankCorrelation } from './rankCorrelation.mjs'

export const LEVELS = [0.5, 0.8, 0.95]
/** Epochs that only fill the memories of intervals; half of the epochs where a panel has fewer than twice as many. */
const WARM_UP = 50
/** Errors that the rolling quantile remembers. */
const REMEMBERED = 200

/** What the page says of a panel, as plain data (errors of squared losses are roots of the mean), and its running losses. */
export function measurePanel(name, panel, loss) {
  const steps = runBacktest(name, panel, { synthesis: 'tower', loss: { loss }, now: () => 0 })
  let step = steps.next()
  while (!step.done) step = steps.next()
  return { figures: figuresOf(name, loss, step.value), ...step.value }
}

function figuresOf(name, loss, { report, panel, replayed }) {
  const intervals = replayed.ends.length > 0 ? { intervals: judgeIntervals(panel, replayed) } : {}
  const unit = loss === 'squared' ? Math.sqrt : (ratio) => ratio
  const compared = ({ ratio, lower, upper }) => [ratio, lower, upper].map((one) => round(unit(one)))
  const candidates = report.models.filter(({ rows }) => rows >= report.scored / 2)
  const ratios = candidates.map(({ ratio }) => unit(ratio))
  return {
    name,
    loss,
    epochs: report.epochs,
    rows: report.scored,
    models: report.models.length,
    best: report.bestModel,
    toBest: compared(report.toBest),
    toMean: compared(report.toMean),
    toMedian: compared(report.toMedian),
    toAny: round(Math.max(...ratios)),
    edge: { shown: report.edge.shown, eValue: Number(report.edge.eValue.toPrecision(3)) },
    pay: payOf(report),
    ...intervals,
  }
}

/** Who would have earned what: shares of all the workers' pots of the scored epochs. */
function payOf({ models, bestModel, unpaid }) {
  const judged = models.filter(({ ratio }) => ratio !== null)
  const [most] = models.toSorted((a, b) => b.reward - a.reward)
  return {
    correlation: round(
      rankCorrelation(
        judged.map(({ reward }) => reward),
        judged.map(({ ratio }) => ratio),
      ),
    ),
    earning: models.filter(({ reward }) => reward > 0.001).length,
    most: { name: most.name, reward: round(most.reward) },
    best: round(models.find(({ name }) => name === bestModel)?.reward ?? 0),
    unpaid: round(unpaid),
  }
}

/** Coverage and mean width by level, of the network's intervals and of a rolling quantile of its errors. */
function judgeIntervals(panel, replayed) {
  const values = replayed.played[0].values
  const { epochs } = planEpochs(panel, flagCases(panel))
  const warm = Math.min(WARM_UP, Math.floor(epochs.length / 2))
  const totals = LEVELS.map(() => ({ hits: 0, width: 0, rollingHits: 0, rollingWidth: 0 }))
  let errors = []
  let counted = 0
  for (const [index, { cases, lessons }] of epochs.entries()) {
    for (const at of lessons.flat()) errors.push(Math.abs(values[at] - panel.truth[at]) / panel.scale[at])
    errors = errors.slice(-REMEMBERED)
    if (index < warm) continue
    const halves = LEVELS.map((level) => quantile(errors, Math.min(1, (level * (errors.length + 1)) / errors.length)))
    for (const at of cases) {
      const truth = panel.truth[at]
      if (Number.isNaN(truth)) continue
      counted += 1
      for (const [i, total] of totals.entries()) {
        const [lower, upper] = [replayed.ends[2 * i][at], replayed.ends[2 * i + 1][at]]
        total.hits += lower <= truth && truth <= upper ? 1 : 0
        total.width += (upper - lower) / panel.scale[at]
        total.rollingHits += Math.abs(values[at] - truth) / panel.scale[at] <= halves[i] ? 1 : 0
        total.rollingWidth += 2 * halves[i]
      }
    }
  }
  return {
    epochs: epochs.length - warm,
    levels: totals.map(({ hits, width, rollingHits, rollingWidth }) => ({
      coverage: round(hits / counted),
      rolling: round(rollingHits / counted),
      width: round(width / rollingWidth),
    })),
  }
}

/** Four figures behind the point: what a page shows, and no difference between machines. */
function round(value) {
  return Math.round(value * 1e4) / 1e4
}
