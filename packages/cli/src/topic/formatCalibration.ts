import { formatEdge } from '../ask/assurance.ts'
import { formatDocument } from '../output/formatDocument.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { printable } from '../output/printable.ts'
import type { ShownCalibration } from './viewCalibration.ts'

/** How sure a topic's answers were, and how right, for people; undefined where the topic's rules keep none of it. */
export function formatCalibration({ epochs, levels, bins, edge, baseline }: ShownCalibration): string | undefined {
  const ledger = [...levels, ...bins.filter(({ n }) => n > 0)]
  const lines = [
    ...(ledger.length === 0 ? [] : [formatDocument(ledger).trimEnd()]),
    ...(bins.length > 0 ? [`${epochs} settled answer${epochs === 1 ? '' : 's'} by their probability`] : []),
    ...(baseline === null ? [] : [formatBaseline(baseline)]),
    ...(edge === null ? [] : [formatEdge(edge)]),
  ]
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`
}

function formatBaseline(baseline: NonNullable<ShownCalibration['baseline']>): string {
  const { name, epochs, meanLoss, networkMeanLoss } = baseline
  const network = networkMeanLoss === null ? '' : `, the network's ${formatNumber(networkMeanLoss)}`
  const over = `over the last ${epochs} settled epoch${epochs === 1 ? '' : 's'}`
  return `baseline: ${printable(name)}, mean loss ${formatNumber(meanLoss)}${network} ${over}`
}
