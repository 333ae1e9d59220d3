import { FEWEST_DIFFERENCES } from '@starling/protocol/scoring/contribution/skillOf'

/** What contribution pay found of somebody in one epoch. */
export type Pay = {
  /** In units of loss. */
  readonly skill: number
  /** In the least-variance combination: its originality. */
  readonly weightInPay: number
  /** Of its class's pot. */
  readonly share: number
  /** Settled epochs that it took part in; null where it is not known yet. */
  readonly present: number | null
}

/** Why a contributor earns nothing; undefined where it earns. SPEC VT-6 */
export function payReason({ skill, weightInPay, share, present }: Pay): string | undefined {
  if (share > 0) return undefined
  const taken = present ?? 0
  if (taken < FEWEST_DIFFERENCES) {
    return `nothing is earned before ${FEWEST_DIFFERENCES} settled epochs with a prediction, it has ${taken}`
  }
  if (skill === 0) return 'nothing is earned, as it is not reliably better than the best model-free guess'
  if (weightInPay === 0) return 'nothing is earned, as it adds nothing to what others say'
  return undefined
}
