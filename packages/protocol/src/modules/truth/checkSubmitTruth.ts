import type { SubmitTruthRequest } from '../../gen/starling/v1/topics_pb.ts'
import { parseDecimal } from '../../num/parseDecimal.ts'
import { outputKindOf } from '../../scoring/losses/outputKindOf.ts'
import type { TopicPolicy } from '../../scoring/types.ts'
import { emissionsError } from '../emissionsError.ts'
import { readAddressField } from '../readFields.ts'
import { CONTROL_CHARACTER } from '../topics/printable.ts'

const MAX_SOURCE = 128
const DAY = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/
const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/

/** What a reputer attests, sealed or not. */
export type Report = Pick<SubmitTruthRequest, 'value' | 'label' | 'source' | 'observedAt'>

/** Stateless checks of a report. SPEC VT-3 */
export function checkSubmitTruth({
  sender,
  nonce,
  source,
  observedAt,
}: Pick<SubmitTruthRequest, 'sender' | 'nonce'> & Report): void {
  readAddressField('sender', sender)
  if (nonce <= 0n) throw invalid('nonce', 'above 0', nonce.toString())
  if (source === '' || source.length > MAX_SOURCE || CONTROL_CHARACTER.test(source)) {
    throw invalid('source', `the name of the source, 1 to ${MAX_SOURCE} characters`, source)
  }
  const [day = '', time, ...rest] = observedAt.split('T')
  if (!DAY.test(day) || (time !== undefined && !TIME.test(time)) || rest.length > 0) {
    throw invalid('observed_at', 'a date like 2024-08-09 or a time like 2024-08-09T10:21:05Z', observedAt)
  }
}

/** What a report says of its topic: a label for topics with labels, a number in the domain elsewhere, 0 or 1 for events. */
export function readTruth(policy: TopicPolicy, { value, label }: Report): number | string {
  const kind = outputKindOf(policy)
  if (kind === 'labels') {
    if (value !== '') throw invalid('value', 'empty, as the topic has labels', value)
    if (!policy.labels.includes(label)) throw invalid('label', `one of ${policy.labels.join(', ')}`, label)
    return label
  }
  if (label !== '') throw invalid('label', 'empty, as the topic has no labels', label)
  const number = parseDecimal(value)
  if (typeof number !== 'number') throw invalid('value', 'a decimal number', value)
  if (kind === 'probability' && number !== 0 && number !== 1) throw invalid('value', '0 or 1', value)
  const [lowest, highest] = policy.domain
  if (number < lowest || number > highest) throw invalid('value', `from ${lowest} to ${highest}`, value)
  return number
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_TRUTH', { field, expected, got })
}
