import { addressOfModule } from '../../crypto/address.ts'

/** The accounts that modules hold coins in, by the reference network's names (SPEC lifecycle 8); bonds (VT-2), bootstrap and escrow (PW) are ours. */
export type ModuleAccount =
  | 'allorapendingrewards'
  | 'allorarewards'
  | 'allorastaking'
  | 'ecosystem'
  | 'fee_collector'
  | 'mint'
  | 'starlingbonds'
  | 'starlingbootstrap'
  | 'starlingescrow'

/** Address of each module account. */
export const moduleAddresses: { readonly [N in ModuleAccount]: string } = {
  allorapendingrewards: addressOfModule('allorapendingrewards'),
  allorarewards: addressOfModule('allorarewards'),
  allorastaking: addressOfModule('allorastaking'),
  ecosystem: addressOfModule('ecosystem'),
  fee_collector: addressOfModule('fee_collector'),
  mint: addressOfModule('mint'),
  starlingbonds: addressOfModule('starlingbonds'),
  starlingbootstrap: addressOfModule('starlingbootstrap'),
  starlingescrow: addressOfModule('starlingescrow'),
}

const closedToUsers: readonly string[] = [
  moduleAddresses.allorapendingrewards,
  moduleAddresses.allorarewards,
  moduleAddresses.allorastaking,
  moduleAddresses.fee_collector,
  moduleAddresses.mint,
  moduleAddresses.starlingbonds,
  moduleAddresses.starlingbootstrap,
  moduleAddresses.starlingescrow,
]

/** True for accounts that users may not send to: a direct transfer would break the books. `ecosystem` is open. */
export function isBlockedRecipient(address: string): boolean {
  return closedToUsers.includes(address)
}
