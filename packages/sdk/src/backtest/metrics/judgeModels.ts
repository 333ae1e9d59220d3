import type { Bootstrap, Ratio } from './createBootstrap.ts'
import type { ScoredCases } from './scoreCases.ts'

/** Losses of one model and of collectives on the model's cases, summed by block. */
export type Judged = {
  readonly count: number
  /** Sum of its losses. */
  readonly total: number
  /** Its loss ÷ the plain mean's, on its cases: by this models are ranked that answered different cases. */
  readonly toMean: number
  readonly network: Ratio
}

/** A candidate for the best model answers at least this share of the cases. */
const LEAST_PRESENCE = 0.5
/** Where nobody does, those three that answer most are the candidates. */
const CANDIDATES = 3

/** Every model against the network and against the plain mean, on the model's own cases. */
export function judgeModels(
  models: number,
  scored: ScoredCases,
  losses: { readonly network: Float64Array; readonly mean: Float64Array },
  bootstrap: Bootstrap,
): readonly Judged[] {
  return Array.from({ length: models }, (_, model) => {
    const own = new Float64Array(bootstrap.blocks)
    const network = new Float64Array(bootstrap.blocks)
    let [count, total, mean] = [0, 0, 0]
    for (const [i, loss] of scored.lossesOfModel(model).entries()) {
      if (Number.isNaN(loss)) continue
      const block = bootstrap.blockOf(scored.epochs[i] ?? 0)
      own[block] = (own[block] ?? 0) + loss
      network[block] = (network[block] ?? 0) + (losses.network[i] ?? 0)
      count += 1
      total += loss
      mean += losses.mean[i] ?? 0
    }
    const toMean = total === mean ? 1 : total / mean
    return { count, total, toMean, network: bootstrap.ratioOf(network, own) }
  })
}

/** The best single model in hindsight; undefined where no model has an answer. */
export function findBest(judged: readonly Judged[], cases: number): number | undefined {
  const heard = judged.map(({ count, toMean }, model) => ({ model, count, toMean })).filter(({ count }) => count > 0)
  const present = heard.filter(({ count }) => count >= LEAST_PRESENCE * cases)
  const candidates = present.length > 0 ? present : heard.toSorted((a, b) => b.count - a.count).slice(0, CANDIDATES)
  return candidates.toSorted((a, b) => a.toMean - b.toMean)[0]?.model
}
