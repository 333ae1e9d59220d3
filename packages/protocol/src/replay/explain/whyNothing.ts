import type { EpochRecord } from '../../gen/starling/v1/epochs_pb.ts'
import type { Replayed } from '../types.ts'
import { whyNoPay } from './contribution/whyNoPay.ts'
import { didNotReveal, type Role, rolesIn } from './rolesIn.ts'
import type { Explained } from './types.ts'

/** One sentence on why an address earned nothing in an epoch. */
export function whyNothing(
  record: EpochRecord,
  { input, outcome }: Replayed,
  explained: Explained | undefined,
): string {
  if (outcome.status !== 'settled' || explained === undefined) {
    return `The epoch is ${outcome.status} (${record.reason}): nobody is paid.`
  }
  const { address } = explained
  const skipped = outcome.skipped.find(({ who, field }) => who === address && !field.startsWith('elements.'))
  if (skipped !== undefined) return `Its ${fieldNames[skipped.field] ?? skipped.field} did not count: ${skipped.reason}`
  const took = rolesIn(record, address)
  if (took.length === 0 && didNotReveal(record, address)) return whyUnrevealed(explained)
  if (took.length === 0)
    return 'It has no submission in the record: it sent none, or none was admitted to the active set.'
  if (input.reward === 0n)
    return 'The epoch had no new coins to pay: its pot is 0, or no fees burned in it that they could follow.'
  return took.map((role) => whyRole(explained, role)).join(' ')
}

const fieldNames: Readonly<Record<string, string>> = { value: 'report', stake: 'report', values: 'inference' }

function whyUnrevealed({ parts, record, address }: Explained): string {
  const sentence = 'It committed and did not reveal, so its bond burns'
  if (parts.contribution === null || record.unrevealed?.reputers.includes(address)) return `${sentence}.`
  return `${sentence}, and its skill falls by the worst difference there is.`
}

function whyRole(explained: Explained, role: Role): string {
  const { parts, address } = explained
  const score = parts.scored.scores[role].find(({ worker }) => worker === address)?.value
  if (score === undefined) {
    return 'Its forecast implied no value: no inferer that it names took part, or the topic had no settled epoch yet.'
  }
  if (role === 'reputers' && score === 0)
    return 'Its report is as far from the agreed truth as the tolerance, or farther: its closeness is 0.'
  const unskilled = role === 'reputers' ? undefined : whyNoPay(explained, role)
  if (unskilled !== undefined) return unskilled
  if (!(parts.rewarded.split[role] > 0)) return `The share of the ${role} is 0, as the numbers in its line show.`
  return `Its part of the share of the ${role} is below 1 uallo.`
}
