import type { TopicPolicy } from '@starling/protocol/scoring/types'
import { castOf } from './createQuestions.ts'
import { type Bootstrap, createBootstrap } from './metrics/createBootstrap.ts'
import { findBest, type Judged, judgeModels } from './metrics/judgeModels.ts'
import { runningLoss } from './metrics/runningLoss.ts'
import { type ScoredCases, scoreCases } from './metrics/scoreCases.ts'
import type { Panel } from './panel.ts'
import type { CaseFlags } from './planEpochs.ts'
import type { Played, Replayed } from './replay.ts'
import type { BacktestReport, Comparison, ModelReport, RunningLoss, SkipReason, SynthesisReport } from './report.ts'
import type { Synthesis } from './synthesis/collective.ts'

/** What a report is made from. */
export type ReportInput = {
  readonly name: string
  readonly panel: Panel
  readonly policy: TopicPolicy
  readonly flags: CaseFlags
  readonly replayed: Replayed
  readonly warmup: number
  readonly synthesis: Synthesis
  readonly notes: readonly string[]
}

/** The report of a replay, without the time it took, and the running losses of network, mean and best model. */
export function makeReport(input: ReportInput): {
  readonly report: Omit<BacktestReport, 'seconds'>
  readonly running: RunningLoss
} {
  const { panel, policy, flags, replayed, warmup } = input
  const scored = scoreCases(panel, policy, flags, replayed, warmup)
  const epochs = Math.max(0, replayed.epochs - warmup)
  const bootstrap = createBootstrap(epochs)
  const losses = new Map(replayed.played.map((played) => [played.synthesis, scored.lossesOf(played)]))
  const of = (synthesis: Synthesis): Float64Array => losses.get(synthesis) ?? new Float64Array()
  const [network, mean, median] = [of(input.synthesis), of('mean'), of('median')]
  const judged = judgeModels(panel.models.length, scored, { network, mean }, bootstrap)
  const best = findBest(judged, scored.cases.length)
  const bestLosses = best === undefined ? new Float64Array() : scored.lossesOfModel(best)
  const compare = (own: Float64Array) => compareWith(own, { mean, median, best: bestLosses }, scored, bootstrap)
  const { counts, scoredRows } = countRows(panel, flags, replayed, warmup)
  const ledger = replayed.ledger
  const standingOf = (i: number) => ({ weight: replayed.meanWeights[i] ?? 0, reward: replayed.earned.shares[i] ?? 0 })
  return {
    report: {
      file: input.name,
      rows: panel.rows + panel.leftOut,
      scored: scoredRows,
      skipped: counts,
      epochs: new Set(scored.epochs).size,
      synthesis: input.synthesis,
      lossMethod: policy.loss,
      loss: {
        network: meanOf(network),
        mean: meanOf(mean),
        median: meanOf(median),
        bestModel: best === undefined ? null : meanOf(bestLosses.filter((loss) => !Number.isNaN(loss))),
      },
      bestModel: best === undefined ? null : (panel.models[best] ?? null),
      ...compare(network),
      models: panel.models.map((model, i) => reportModel(model, judged[i], panel, standingOf(i))),
      forecasters: castOf(panel).forecasters.map(({ name }, i) => ({ name, ...standingOf(panel.models.length + i) })),
      unpaid: 1 - replayed.earned.shares.slice(0, panel.models.length).reduce((sum, share) => sum + share, 0),
      edge: replayed.earned.edge,
      intervals: (ledger?.levels ?? []).map(({ level, hits, width }) => ({
        level,
        hits,
        epochs: ledger?.epochs ?? 0,
        meanWidth: ledger === null || ledger.epochs === 0 ? 0 : width / ledger.epochs,
      })),
      all: replayed.played.length > 3 ? replayed.played.map((played) => sideBySide(played, of, compare)) : [],
      absentCells: panel.absent,
      notes: [...panel.notes, ...input.notes, ...oddities(panel, scored)],
    },
    running: {
      network: runningLoss(network, scored.epochs, epochs),
      mean: runningLoss(mean, scored.epochs, epochs),
      best: runningLoss(bestLosses, scored.epochs, epochs),
    },
  }
}

function sideBySide(
  { synthesis }: Played,
  lossesOf: (synthesis: Synthesis) => Float64Array,
  compare: (own: Float64Array) => Pick<SynthesisReport, 'toMean' | 'toMedian' | 'toBest'>,
): SynthesisReport {
  const own = lossesOf(synthesis)
  return { synthesis, loss: meanOf(own) ?? 0, ...compare(own) }
}

function compareWith(
  own: Float64Array,
  others: { readonly mean: Float64Array; readonly median: Float64Array; readonly best: Float64Array },
  { epochs }: ScoredCases,
  bootstrap: Bootstrap,
): { readonly toMean: Comparison; readonly toMedian: Comparison; readonly toBest: Comparison } {
  const against = (other: Float64Array): Comparison => {
    const above = new Float64Array(bootstrap.blocks)
    const below = new Float64Array(bootstrap.blocks)
    for (const [i, loss] of other.entries()) {
      if (Number.isNaN(loss)) continue
      const block = bootstrap.blockOf(epochs[i] ?? 0)
      above[block] = (above[block] ?? 0) + (own[i] ?? 0)
      below[block] = (below[block] ?? 0) + loss
    }
    return bootstrap.ratioOf(above, below)
  }
  return { toMean: against(others.mean), toMedian: against(others.median), toBest: against(others.best) }
}

function reportModel(
  name: string,
  judged: Judged | undefined,
  panel: Panel,
  { weight, reward }: Pick<ModelReport, 'weight' | 'reward'>,
): ModelReport {
  const count = judged?.count ?? 0
  const rows = count * panel.outputs.length
  if (judged === undefined || count === 0) {
    const nothing = { loss: null, ratio: null, ratioLower: null, ratioUpper: null }
    return { name, rows, ...nothing, weight, reward, reason: 'no data: not one answer in a scored row' }
  }
  const { ratio, lower, upper } = judged.network
  return {
    name,
    rows,
    loss: judged.total / count,
    ratio,
    ratioLower: lower,
    ratioUpper: upper,
    weight,
    reward,
    ...(ratio === null ? { reason: 'its loss is 0, and nothing can be divided by it' } : {}),
  }
}

function countRows(
  { caseOf, leftOut }: Panel,
  { hasTruth, isAnswered }: CaseFlags,
  { epochOf }: Replayed,
  warmup: number,
): { readonly counts: BacktestReport['skipped']; readonly scoredRows: number } {
  const counts: Partial<Record<SkipReason, number>> = leftOut > 0 ? { 'left out by --where': leftOut } : {}
  let scoredRows = 0
  for (const at of caseOf) {
    const reason = whyNot(hasTruth[at] === true, isAnswered[at] === true, (epochOf[at] ?? 0) < warmup)
    if (reason === undefined) scoredRows += 1
    else counts[reason] = (counts[reason] ?? 0) + 1
  }
  return { counts, scoredRows }
}

function whyNot(hasTruth: boolean, isAnswered: boolean, isEarly: boolean): SkipReason | undefined {
  if (!hasTruth) return 'no truth'
  if (!isAnswered) return 'no model'
  return isEarly ? 'warm-up' : undefined
}

/** What makes figures mean less than they seem to. */
function oddities({ truth, models }: Panel, { cases }: ScoredCases): readonly string[] {
  const [first] = cases
  const isConstant = cases.length > 1 && cases.every((at) => truth[at] === truth[first ?? 0])
  return [
    ...(cases.length === 0 ? ['no row could be scored'] : []),
    ...(isConstant ? ['the truth never changes'] : []),
    ...(models.length === 1 ? ['with one model there is nothing to combine'] : []),
  ]
}

function meanOf(losses: Float64Array): number | null {
  return losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
