import type { InputInference } from '../../gen/emissions/v10/types_pb.ts'
import { formatDecimal } from '../../num/formatDecimal.ts'
import { parseDecimal } from '../../num/parseDecimal.ts'
import { checkValues } from '../../scoring/losses/checkValues.ts'
import { outputKindOf } from '../../scoring/losses/outputKindOf.ts'
import type { TopicPolicy, Values } from '../../scoring/types.ts'
import { emissionsError } from '../emissionsError.ts'

const MAX_EXTRA_DATA = 1024
const MAX_PROOF = 1024

/**
 * The values of an inference in the topic's order: `value` for topics with one output, `values` with every label (of
 * quantiles: every level) for the others. What the topic's domain does not allow is refused. SPEC VT-4, VT-5
 */
export function readInference(policy: TopicPolicy, inference: InputInference): Values {
  if (inference.extraData.length > MAX_EXTRA_DATA) {
    throw invalid('inference.extra_data', `at most ${MAX_EXTRA_DATA} bytes`, `${inference.extraData.length} bytes`)
  }
  if (inference.proof.length > MAX_PROOF) {
    throw invalid('inference.proof', `at most ${MAX_PROOF} characters`, `${inference.proof.length} characters`)
  }
  const names = outputNamesOf(policy)
  const values = names.length === 0 ? [readSingle(inference)] : readNamed(names, inference)
  const fault = checkValues(policy, values)
  if (fault !== null) throw invalid('inference', 'in the domain of the topic', `${values.join(' ')}: ${fault}`)
  return values
}

/** How a topic calls its outputs on the wire: labels, quantile levels, or nothing where there is one output. */
export function outputNamesOf(policy: TopicPolicy): readonly string[] {
  if (outputKindOf(policy) === 'labels') return policy.labels
  return policy.levels.map(formatDecimal)
}

function readSingle({ value, values }: InputInference): number {
  const [only, ...more] = values
  if (only === undefined) return readNumber('inference.value', value)
  if (value !== '' || more.length > 0 || (only.label !== '' && only.label !== 'y')) {
    throw invalid(
      'inference.values',
      'empty, as the topic has one output: set inference.value',
      `${values.length} values`,
    )
  }
  return readNumber('inference.values[0].value', only.value)
}

function readNamed(names: readonly string[], { value, values }: InputInference): Values {
  const expected = `one value for each of ${names.join(', ')}`
  if (value !== '') throw invalid('inference.value', `empty: inference.values holds ${expected}`, value)
  if (values.length !== names.length) throw invalid('inference.values', expected, `${values.length} values`)
  const seen = new Map(values.map(({ label, value: text }, i) => [label, { text, i }]))
  return names.map((name) => {
    const found = seen.get(name)
    if (found === undefined) throw invalid('inference.values', expected, values.map(({ label }) => label).join(', '))
    return readNumber(`inference.values[${found.i}].value`, found.text)
  })
}

function readNumber(field: string, text: string): number {
  const value = parseDecimal(text)
  if (typeof value === 'number') return value
  throw invalid(field, 'a decimal number', text)
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_WORKER_DATA', { field, expected, got })
}
