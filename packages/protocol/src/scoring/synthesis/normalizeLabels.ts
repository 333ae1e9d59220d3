import { compareAddress } from '../../num/compareAddress.ts'
import type { Address, Inference, Values } from '../types.ts'

/** A topic's rules for labels. SPEC math 4.1 */
export type LabelRules = {
  readonly multi: boolean
  readonly requireUnity: boolean
  readonly unityTolerance: number
  readonly defaultValue: number
  /** Canonical labels; empty admits every label. */
  readonly whitelist: readonly string[]
  readonly maxLabels: number
  readonly caseSensitive: boolean
  readonly maxLabelBytes: number
  readonly maxRegistry: number
}

/** Why a submission is refused, as a sentence. */
export type LabelFault = { readonly fault: string }
export type LabelledValue = { readonly label: string; readonly value: number }
/** A vector over the registry, which lists the epoch's labels in first-seen order. */
export type NormalizedSubmission = { readonly registry: readonly string[]; readonly values: Values }

const SINGLE = 'y'
const SHAPE = /^[A-Za-z0-9_\- /.]+$/
/** Beyond ASCII, what counts as white space depends on the Unicode version: such a label is refused as it is. */
const ASCII = /^[\t-\r -~]*$/

/** The one spelling of a label: trimmed, of the legal characters, lower case unless case matters. SPEC math 4.2 */
export function canonicalLabel(
  label: string,
  rules: { readonly caseSensitive: boolean; readonly maxLabelBytes: number },
): string | LabelFault {
  // determinism-allow: ASCII text
  const trimmed = ASCII.test(label) ? label.trim() : label
  if (trimmed === '') return { fault: 'a label is empty' }
  if (!SHAPE.test(trimmed)) return { fault: 'a label has only ASCII letters, digits, "_", "-", space, "/" and "."' }
  if (trimmed.length > rules.maxLabelBytes) return { fault: `a label has at most ${rules.maxLabelBytes} bytes` }
  // determinism-allow: ASCII text
  return rules.caseSensitive ? trimmed : trimmed.toLowerCase()
}

/**
 * One submission as a vector over the registry, which grows by the labels it is first to name. SPEC math 4.3
 *
 * Nothing is rescaled: unity is only checked. Values at the default register no label.
 */
export function normalizeSubmission(
  submitted: readonly LabelledValue[],
  registry: readonly string[],
  rules: LabelRules,
): NormalizedSubmission | LabelFault {
  if (!submitted.every(({ value }) => Number.isFinite(value))) return { fault: 'every value is finite' }
  if (!rules.multi) return normalizeSingle(submitted)
  const labelled = canonicalise(submitted, rules)
  if ('fault' in labelled) return labelled
  let total = 0
  for (const { value } of labelled.values) total += value
  const kept = labelled.values.filter(({ value }) => value !== rules.defaultValue)
  if (kept.length === 0) return { fault: 'at least one value differs from the default' }
  const byLabel = new Map(kept.map(({ label, value }) => [label, value]))
  const known = new Set(registry)
  const grown = [...registry, ...kept.map(({ label }) => label).filter((label) => !known.has(label))]
  if (grown.length > rules.maxRegistry) return { fault: `an epoch has at most ${rules.maxRegistry} labels` }
  if (rules.requireUnity && !(Math.abs(total - 1) <= rules.unityTolerance)) {
    return { fault: `values sum to 1 within ${rules.unityTolerance}, got ${total}` }
  }
  return { registry: grown, values: grown.map((label) => byLabel.get(label) ?? rules.defaultValue) }
}

function normalizeSingle(submitted: readonly LabelledValue[]): NormalizedSubmission | LabelFault {
  const [first] = submitted
  if (first === undefined || submitted.length !== 1) return { fault: 'this topic takes exactly one value' }
  if (first.label !== '' && first.label !== SINGLE) return { fault: `the only label is "${SINGLE}"` }
  return { registry: [SINGLE], values: [first.value] }
}

/** Checks count, spelling, whitelist and duplicates. SPEC math 4.2 */
function canonicalise(
  submitted: readonly LabelledValue[],
  rules: LabelRules,
): { readonly values: readonly LabelledValue[] } | LabelFault {
  if (submitted.length === 0) return { fault: 'at least one label is submitted' }
  if (submitted.length > rules.maxLabels) return { fault: `at most ${rules.maxLabels} labels are submitted` }
  const allowed = new Set(rules.whitelist)
  const seen = new Set<string>()
  const values: LabelledValue[] = []
  for (const { label: raw, value } of submitted) {
    const label = canonicalLabel(raw, rules)
    if (typeof label !== 'string') return label
    if (allowed.size > 0 && !allowed.has(label)) return { fault: `label "${label}" is not on the topic's list` }
    if (seen.has(label)) return { fault: `label "${label}" occurs twice` }
    seen.add(label)
    values.push({ label, value })
  }
  return { values }
}

/**
 * The final registry and vectors of an epoch: labels that an active inference uses, in first-seen order, and the
 * inferences by ascending address, missing positions at the default. SPEC math 4.4
 */
export function closeLabels(
  inferences: readonly Inference[],
  registry: readonly string[],
  rules: LabelRules,
): { readonly registry: readonly string[]; readonly inferences: readonly Inference[] } | LabelFault {
  const sorted: readonly { readonly worker: Address; readonly values: Values }[] = inferences.toSorted((a, b) =>
    compareAddress(a.worker, b.worker),
  )
  if (!rules.multi) return { registry: [SINGLE], inferences: sorted }
  const at = (values: Values, i: number): number => values[i] ?? rules.defaultValue
  const used = registry
    .map((_, i) => i)
    .filter((i) => sorted.some(({ values }) => at(values, i) !== rules.defaultValue))
  if (used.length === 0) return { fault: 'the epoch has no label' }
  return {
    registry: used.map((i) => registry[i] ?? ''),
    inferences: sorted.map(({ worker, values }) => ({ worker, values: used.map((i) => at(values, i)) })),
  }
}
