import type { Edge } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { formatNumber, formatWhole } from '../text/formatNumber.ts'

/** What the test of the network against guesses without a model says. SPEC VT-8 */
export function edgeText({ shown, eValue, n }: Pick<Edge, 'shown' | 'eValue' | 'n'>): string {
  const said = shown ? 'is shown to beat' : 'is not shown to beat'
  return `The network ${said} the best guess without a model: e-value ${formatNumber(eValue)} after ${formatWhole(n)} epochs, shown from 20 on.`
}
