import { describe, expect, it } from 'vitest'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { aggregateLosses } from './reported/aggregateLosses.ts'
import { computeListeningCoefficients } from './reported/computeListeningCoefficients.ts'
import { computeReputerScores, type ReputerLosses } from './reported/computeReputerScores.ts'
import { vectorStage } from './testing/vectorStage.ts'
import type { NetworkLosses } from './types.ts'

type Report = { readonly reputer: string; readonly stake: number; readonly losses: NetworkLosses }
type ReputerCase = { readonly reports: readonly Report[]; readonly coefficients: readonly number[] }

type List = Exclude<keyof NetworkLosses, 'combined' | 'naive'>
/** SPEC math 9.3: combined and naive come first, then these. */
const lists: readonly List[] = [
  'inferers',
  'forecasters',
  'oneOutInfererForecasters',
  'oneOutInferers',
  'oneOutForecasters',
  'oneInForecasters',
]

const keyOf = (entry: NetworkLosses[List][number]): string =>
  'worker' in entry ? entry.worker : `${entry.forecaster} ${entry.withheldInferer}`

/** One reputer's loss by the key of each entry of a list. */
const lossesBy = ({ losses }: Report, list: List): ReadonlyMap<string, number> =>
  new Map(losses[list].map((entry) => [keyOf(entry), entry.loss]))

/** Every key that a report of the list has, in address order. */
const keysOf = (reports: readonly Report[], list: List): readonly string[] =>
  [...new Set(reports.flatMap((report) => report.losses[list].map(keyOf)))].toSorted()

function rowsOf(reports: readonly Report[]): readonly ReputerLosses[] {
  return reports.map((report) => ({
    stake: report.stake,
    losses: [
      report.losses.combined,
      report.losses.naive,
      ...lists.flatMap((list) => keysOf(reports, list).map((key) => lossesBy(report, list).get(key) ?? null)),
    ],
  }))
}

const reputerScores = vectorStage<ReputerCase>('reputerScores', ({ reports, coefficients }) =>
  computeReputerScores(rowsOf(reports), coefficients, defaultScoringParams),
)

/** A slope over a step of 0.001 has three digits less, and a step beyond the climb takes some more. */
const SLOPE_ERROR = 1e-10
const listeningCoefficients = vectorStage<ReputerCase>(
  'listeningCoefficients',
  ({ reports, coefficients }) => computeListeningCoefficients(rowsOf(reports), coefficients, defaultScoringParams),
  SLOPE_ERROR,
)

/** The mean of one list for each of its keys, and which keys have one. */
function meansOf(reports: readonly Report[], list: List): ReadonlyMap<string, number> {
  const means = keysOf(reports, list).map((key): readonly [string, number | null] => {
    const told = reports.map((report) => ({ loss: lossesBy(report, list).get(key), stake: report.stake }))
    return [key, aggregateLosses(told.flatMap(({ loss, stake }) => (loss === undefined ? [] : [{ loss, stake }])))]
  })
  return new Map(means.flatMap(([key, loss]) => (loss === null ? [] : [[key, loss]])))
}

const reportedLosses = vectorStage<Pick<ReputerCase, 'reports'>>('reportedLosses', ({ reports }) => {
  const meanOf = (name: 'combined' | 'naive'): number | null =>
    aggregateLosses(reports.map(({ losses, stake }) => ({ loss: losses[name], stake })))
  const inferers = meansOf(reports, 'inferers')
  const forecasters = meansOf(reports, 'forecasters')
  const listed = (list: List, members: ReadonlyMap<string, number>) =>
    [...meansOf(reports, list)].flatMap(([worker, loss]) => (members.has(worker) ? [{ worker, loss }] : []))
  const cells = [...meansOf(reports, 'oneOutInfererForecasters')].map(([key, loss]) => {
    const [forecaster = '', withheldInferer = ''] = key.split(' ')
    return { forecaster, withheldInferer, loss }
  })
  return {
    combined: meanOf('combined'),
    naive: meanOf('naive'),
    inferers: listed('inferers', inferers),
    forecasters: listed('forecasters', forecasters),
    oneOutInferers: listed('oneOutInferers', inferers),
    oneOutForecasters: listed('oneOutForecasters', forecasters),
    oneInForecasters: listed('oneInForecasters', forecasters),
    oneOutInfererForecasters: cells.filter((c) => forecasters.has(c.forecaster) && inferers.has(c.withheldInferer)),
  }
})

describe.each([reputerScores, listeningCoefficients, reportedLosses])('$title', ({ cases }) => {
  it('has at least 50 cases', () => expect(cases.length).toBeGreaterThanOrEqual(50))
  it.each(cases)('$name', ({ differences }) => expect(differences()).toEqual([]))
})
