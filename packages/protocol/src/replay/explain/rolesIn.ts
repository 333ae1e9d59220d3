import type { EpochRecord } from '../../gen/starling/v1/epochs_pb.ts'

/** The three classes of participants. */
export type Role = 'inferers' | 'forecasters' | 'reputers'

/** The classes that an address took part in, as the record has it. */
export function rolesIn({ inferences, forecasts, reports }: EpochRecord, address: string): readonly Role[] {
  const took = [
    ['inferers', inferences.some(({ worker }) => worker === address)],
    ['forecasters', forecasts.some(({ forecaster }) => forecaster === address)],
    ['reputers', reports.some(({ reputer }) => reputer === address)],
  ] as const
  return took.flatMap(([role, is]) => (is ? [role] : []))
}

/** Whether the record has it among those who committed and did not reveal. SPEC VT-2 */
export function didNotReveal({ unrevealed }: EpochRecord, address: string): boolean {
  const lists = [unrevealed?.inferers, unrevealed?.forecasters, unrevealed?.reputers]
  return lists.some((list) => list?.includes(address))
}
