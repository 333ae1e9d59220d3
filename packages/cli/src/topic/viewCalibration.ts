import type { GetCalibrationResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { AskedEdge } from '../ask/assurance.ts'

/** How sure a topic's answers were, and how right, as `topic show --json` and `query calibration --json` print it. */
export type ShownCalibration = {
  /** Of the newest settled epoch; 0 before the first. */
  readonly nonce: number
  /** Settled epochs whose answers were held against their truth. */
  readonly epochs: number
  /** Of intervals and prediction sets; empty elsewhere. */
  readonly levels: readonly {
    readonly level: number
    readonly coverage: number | null
    readonly epochs: number
    readonly hits: number
    readonly meanWidth: number | null
  }[]
  /** Of events, by their probability; empty elsewhere. */
  readonly bins: readonly {
    readonly lower: number
    readonly upper: number
    readonly n: number
    readonly meanProbability: number | null
    readonly frequency: number | null
  }[]
  readonly edge: AskedEdge | null
  /** The model-free guess to beat. */
  readonly baseline: {
    readonly name: string
    readonly epochs: number
    readonly meanLoss: number
    readonly networkMeanLoss: number | null
    readonly bound: number
  } | null
}

/** A node's answer as plain data. */
export function viewCalibration({
  nonce,
  epochs,
  levels,
  bins,
  edge,
  baseline,
}: GetCalibrationResponse): ShownCalibration {
  return {
    nonce: Number(nonce),
    epochs: Number(epochs),
    levels: levels.map(({ level, epochs, hits, meanWidth }) => ({
      level,
      coverage: epochs === 0n ? null : Number(hits) / Number(epochs),
      epochs: Number(epochs),
      hits: Number(hits),
      meanWidth: meanWidth ?? null,
    })),
    bins: bins.map(({ lower, upper, n, meanProbability, frequency }) => ({
      lower,
      upper,
      n: Number(n),
      meanProbability: meanProbability ?? null,
      frequency: frequency ?? null,
    })),
    edge: edge === undefined ? null : { shown: edge.shown, eValue: edge.eValue, n: Number(edge.n) },
    baseline: baseline === undefined ? null : baselineOf(baseline),
  }
}

function baselineOf({
  name,
  epochs,
  meanLoss,
  networkMeanLoss,
  bound,
}: NonNullable<GetCalibrationResponse['baseline']>): ShownCalibration['baseline'] {
  return { name, epochs: Number(epochs), meanLoss, networkMeanLoss: networkMeanLoss ?? null, bound }
}
