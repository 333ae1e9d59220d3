import type { Answer, Coverage } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { formatNumber } from '../output/formatNumber.ts'

/** One level's interval or set, with how often those of the settled epochs before held the truth: null before the first. */
export type AskedLevel = {
  readonly level: number
  readonly lower?: number
  readonly upper?: number
  readonly labels?: readonly string[]
  readonly coverage: number | null
  /** Settled epochs behind `coverage`. */
  readonly epochs: number
}

/** The test of "the network beats model-free guesses": shown from an e-value of 20 on. */
export type AskedEdge = { readonly shown: boolean; readonly eValue: number; readonly n: number }

/** What `ask` says of how sure an answer is. */
export type Assurance = { readonly intervals: readonly AskedLevel[]; readonly edge: AskedEdge | null }

/** Reads it off a proven answer. SPEC VT-7, VT-8 */
export function assuranceOf({ intervals, sets, edge }: Pick<Answer, 'intervals' | 'sets' | 'edge'>): Assurance {
  return {
    intervals: [
      ...intervals.map(({ level, lower, upper, coverage }) => ({ level, lower, upper, ...shareOf(coverage) })),
      ...sets.map(({ level, labels, coverage }) => ({ level, labels, ...shareOf(coverage) })),
    ],
    edge: edge === undefined ? null : { shown: edge.shown, eValue: edge.eValue, n: Number(edge.n) },
  }
}

function shareOf(coverage: Coverage | undefined): Pick<AskedLevel, 'coverage' | 'epochs'> {
  const { epochs = 0n, hits = 0n } = coverage ?? {}
  return { coverage: epochs === 0n ? null : Number(hits) / Number(epochs), epochs: Number(epochs) }
}

/** The same in plain words, a line for each level and one for the edge. */
export function assuranceLines({ intervals, edge }: Assurance): readonly string[] {
  return [...intervals.map(formatLevel), ...(edge === null ? [] : [formatEdge(edge)])]
}

function formatLevel({ level, lower, upper, labels, coverage, epochs }: AskedLevel): string {
  const what =
    labels === undefined ? `interval ${formatNumber(lower)} … ${formatNumber(upper)}` : `set ${labels.join(', ')}`
  const held =
    coverage === null
      ? 'no settled answer yet'
      : `held ${percent(coverage)} of ${epochs} answer${epochs === 1 ? '' : 's'}`
  return `${percent(level)} ${what} (${held})`
}

/** The edge in words. */
export function formatEdge({ shown, eValue, n }: AskedEdge): string {
  const size = Number(eValue.toPrecision(3))
  return `edge: ${shown ? 'shown' : 'not shown'} (e-value ${size} over ${n} epoch${n === 1 ? '' : 's'})`
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}
