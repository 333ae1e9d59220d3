import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'

/** What one kind of receiver got of each source, in uallo; undefined where nothing can come from there. */
export type MoneyRow = {
  readonly to: string
  readonly fees: bigint | undefined
  readonly pot: bigint | undefined
  readonly bootstrap: bigint | undefined
}

const whole = (text: string | undefined): bigint => (text === undefined || text === '' ? 0n : BigInt(text))
const sumOf = (payouts: EpochRecord['payouts'] = []): bigint =>
  payouts.reduce((sum, { amount }) => sum + BigInt(amount), 0n)

/**
 * Where the coins of a closed epoch went, by source: fees that it was promised, new coins of its pot, bootstrap that
 * waited. The last row is what each source had. SPEC PW-1, PW-2
 */
export function moneyRows({ fees, pot, unpaid, payouts, subsidy }: EpochRecord): readonly MoneyRow[] {
  const row = (
    to: string,
    ofFees: bigint | undefined,
    ofPot: bigint | undefined,
    ofBootstrap: bigint | undefined,
  ): MoneyRow => ({
    to,
    fees: fees === undefined ? undefined : ofFees,
    pot: ofPot,
    bootstrap: subsidy === undefined ? undefined : ofBootstrap,
  })
  const kept = subsidy === undefined ? undefined : whole(subsidy.bootstrap)
  return [
    row('contributors', sumOf(fees?.payouts), sumOf(payouts), sumOf(subsidy?.payouts)),
    row(
      'validators',
      whole(fees?.validators),
      subsidy === undefined ? undefined : whole(subsidy.validators),
      whole(subsidy?.releasedValidators),
    ),
    row('burned', whole(fees?.burned), undefined, whole(subsidy?.burned)),
    row('kept as bootstrap', undefined, kept, undefined),
    row('back to where it came from', whole(fees?.returned), whole(subsidy?.returned ?? unpaid), undefined),
    row('waits for the edge to be shown', undefined, undefined, whole(subsidy?.held)),
    row('in all', whole(fees?.earmarked), whole(pot), whole(subsidy?.heldBefore) + (kept ?? 0n)),
  ]
}
