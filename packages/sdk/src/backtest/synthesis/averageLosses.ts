import type { AttributedLosses, NetworkLosses } from '@starling/protocol/scoring/types'

/**
 * The losses of an epoch of several cases: means over the cases. A model's own is over the cases it answered; a one-out
 * value of somebody absent is the combined one, since nothing was withheld.
 */
export function averageLosses(cases: readonly NetworkLosses[]): NetworkLosses {
  const [first, ...others] = cases
  if (first === undefined) throw new RangeError('no case to average')
  if (others.length === 0) return first
  const own = (list: (one: NetworkLosses) => AttributedLosses) => meansOf(cases, list, () => undefined)
  const withheld = (list: (one: NetworkLosses) => AttributedLosses) => meansOf(cases, list, (one) => one.combined)
  return {
    combined: meanOf(cases.map(({ combined }) => combined)),
    naive: meanOf(cases.map(({ naive }) => naive)),
    inferers: own(({ inferers }) => inferers),
    forecasters: own(({ forecasters }) => forecasters),
    oneOutInferers: withheld(({ oneOutInferers }) => oneOutInferers),
    oneOutForecasters: withheld(({ oneOutForecasters }) => oneOutForecasters),
    oneInForecasters: meansOf(
      cases,
      ({ oneInForecasters }) => oneInForecasters,
      ({ naive }) => naive,
    ),
    oneOutInfererForecasters: cellMeans(cases),
  }
}

/** Means by worker, in ascending order of address; `absent` is what counts in a case without that worker. */
function meansOf(
  cases: readonly NetworkLosses[],
  listOf: (one: NetworkLosses) => AttributedLosses,
  absent: (one: NetworkLosses) => number | undefined,
): AttributedLosses {
  const tables = cases.map((one) => ({
    one,
    losses: new Map(listOf(one).map(({ worker, loss }) => [worker, loss] as const)),
  }))
  const workers = [...new Set(tables.flatMap(({ losses }) => [...losses.keys()]))].sort()
  return workers.map((worker) => {
    const heard = tables.flatMap(({ one, losses }) => losses.get(worker) ?? absent(one) ?? [])
    return { worker, loss: meanOf(heard) }
  })
}

function cellMeans(cases: readonly NetworkLosses[]): NetworkLosses['oneOutInfererForecasters'] {
  const cells = new Map<string, { readonly forecaster: string; readonly withheldInferer: string; losses: number[] }>()
  for (const { forecaster, withheldInferer, loss } of cases.flatMap((one) => one.oneOutInfererForecasters)) {
    const key = `${forecaster} ${withheldInferer}`
    const cell = cells.get(key) ?? { forecaster, withheldInferer, losses: [] }
    cell.losses.push(loss)
    cells.set(key, cell)
  }
  const sorted = [...cells].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([, { forecaster, withheldInferer, losses }]) => ({
    forecaster,
    withheldInferer,
    loss: meanOf(losses),
  }))
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
