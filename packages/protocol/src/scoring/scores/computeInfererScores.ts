import type { Address, NetworkLosses } from '../types.ts'

/** T_ij = one-out loss − combined loss, in address order; a lone inferer scores 0. SPEC math 9.1 */
export function computeInfererScores(
  losses: NetworkLosses,
): readonly { readonly worker: Address; readonly score: number }[] {
  const [lone, second] = losses.inferers
  if (lone !== undefined && second === undefined) return [{ worker: lone.worker, score: 0 }]
  return losses.oneOutInferers.map(({ worker, loss }) => ({ worker, score: loss - losses.combined }))
}
