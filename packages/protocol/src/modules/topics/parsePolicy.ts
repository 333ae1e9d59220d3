import type { TopicPolicy as WirePolicy } from '../../gen/starling/v1/topics_pb.ts'
import { parseAmount } from '../../num/parseAmount.ts'
import { parseDecimal } from '../../num/parseDecimal.ts'
import { lossMethods } from '../../scoring/losses/lossMethods.ts'
import { outputKindOf } from '../../scoring/losses/outputKindOf.ts'
import type { LossMethod, OutputKind, SealedTerms, TopicPolicy } from '../../scoring/types.ts'
import { topicsError } from './errors.ts'
import { CONTROL_CHARACTER } from './printable.ts'

const LABEL = /^[a-z0-9_.-]{1,64}$/
const MAX_LABELS = 256
const MAX_LEVELS = 64
/** Contribution pay remembers 200 errors of every contributor in every label. */
const MAX_PAID_LABELS = 16
const MAX_TEXT = 255
/** Squares and sums of legal values stay far inside what a double holds. */
const LARGEST_VALUE = 1e150
const DEFAULT_MEMORY = 100n
const MAX_MEMORY = 10_000n
/** Contribution pay remembers so many losses of every contributor at most. */
const MAX_PAID_MEMORY = 1_000n
const DEFAULT_MIN_REPUTERS = 3n
const MAX_MIN_REPUTERS = 1_000n
const MAX_WINDOW = 1_000_000n
/** 0.01 ALLO. */
const DEFAULT_BOND = 10n ** 16n

/**
 * Reads the policy record of a new topic. SPEC VT-1
 *
 * An empty choice means the best that is built. Every fault is an error that names its field.
 */
export function parsePolicy(wire: WirePolicy): TopicPolicy {
  const loss = parseLoss(wire)
  const labels = parseLabels(wire, loss)
  const kind = outputKindOf({ loss, labels })
  const choices = parseChoices(wire, kind)
  if (choices.pay === 'contribution' && labels.length > MAX_PAID_LABELS)
    throw faulty('labels', `at most ${MAX_PAID_LABELS} with the pay "contribution"`, `${labels.length}`)
  const mostMemory = choices.pay === 'contribution' ? MAX_PAID_MEMORY : MAX_MEMORY
  const probabilities = kind === 'labels' || kind === 'probability'
  const lossParameter = parseLossParameter(wire, loss)
  const sealed = choices.submissions === 'sealed' ? parseSealedTerms(wire) : refuseWindows(wire)
  return {
    ...choices,
    loss,
    ...(lossParameter === undefined ? {} : { lossParameter }),
    domain: probabilities ? unitInterval(wire) : parseDomain(wire, loss),
    labels,
    levels: parseLevels(wire, kind === 'quantiles'),
    memory: Number(withDefault('memory', wire.memory, DEFAULT_MEMORY, mostMemory)),
    tolerance: parseTolerance(wire, probabilities),
    minReputers: Number(withDefault('min_reputers', wire.minReputers, DEFAULT_MIN_REPUTERS, MAX_MIN_REPUTERS)),
    minStake: wire.minStake === '' ? 0n : parseUallo('min_stake', wire.minStake),
    unit: parseText('unit', wire.unit),
    horizon: parseText('horizon', wire.horizon),
    resolution: parseText('resolution', wire.resolution),
    ...(sealed === undefined ? {} : { sealed }),
  }
}

type Choices = Pick<TopicPolicy, 'truth' | 'submissions' | 'pay' | 'synthesis' | 'intervals'>

function parseChoices(wire: WirePolicy, kind: OutputKind): Choices {
  // Quantiles are intervals themselves.
  const intervals = kind === 'quantiles' ? (['spread', 'none'] as const) : (['conformal', 'spread', 'none'] as const)
  return {
    truth: parseTruth(wire.truth),
    submissions: chooseSubmissions(wire.submissions),
    pay: choose('pay', wire.pay, ['contribution', 'reference']),
    synthesis: choose('synthesis', wire.synthesis, ['tower', 'regret']),
    intervals: choose('intervals', wire.intervals, intervals),
  }
}

function parseTruth(got: string): Choices['truth'] {
  if (got === 'reported') throw topicsError('POLICY_NOT_BUILT', { field: 'truth', got, built: '"attested"' })
  return choose('truth', got, ['attested'])
}

/** Sealed ones need windows that nobody can guess: an empty field means plain ones. */
function chooseSubmissions(got: string): Choices['submissions'] {
  if (got === '' || got === 'plain') return 'plain'
  if (got === 'sealed') return got
  throw faulty('submissions', '"plain" or "sealed"', got)
}

/** One of the choices; an empty field means the first, which is the best. */
function choose<const C extends string>(field: string, got: string, choices: readonly [C, ...C[]]): C {
  const chosen = got === '' ? choices[0] : choices.find((choice) => choice === got)
  if (chosen === undefined) throw faulty(field, choices.map((choice) => `"${choice}"`).join(' or '), got)
  return chosen
}

function parseLoss({ loss }: WirePolicy): LossMethod {
  const known = lossMethods.find((name) => name === loss)
  if (known === undefined) throw faulty('loss', `one of ${lossMethods.join(', ')}`, loss)
  return known
}

function parseLossParameter({ lossParameter }: WirePolicy, loss: LossMethod): number | undefined {
  if (loss !== 'huber' && loss !== 'quantile') {
    if (lossParameter !== '') throw faulty('loss_parameter', `empty for the loss ${loss}`, lossParameter)
    return undefined
  }
  const value = parseNumber('loss_parameter', lossParameter)
  const legal = value > 0 && (loss === 'huber' || value < 1)
  if (!legal) throw faulty('loss_parameter', loss === 'huber' ? 'above 0' : 'between 0 and 1', lossParameter)
  return value
}

function parseLabels({ labels }: WirePolicy, loss: LossMethod): readonly string[] {
  const allowed = loss === 'cross-entropy' || loss === 'brier'
  if (labels.length === 0 && loss !== 'cross-entropy') return []
  if (!allowed) throw faulty('labels', `empty for the loss ${loss}`, labels.join(' '))
  if (labels.length < 2 || labels.length > MAX_LABELS)
    throw faulty('labels', `2 to ${MAX_LABELS} labels`, `${labels.length}`)
  for (const [i, label] of labels.entries()) {
    if (!LABEL.test(label)) throw faulty(`labels[${i}]`, '1 to 64 characters of a-z 0-9 _ . -', label)
    if (labels.indexOf(label) !== i) throw faulty(`labels[${i}]`, 'different from the labels before it', label)
  }
  return [...labels]
}

function parseLevels({ levels }: WirePolicy, wanted: boolean): readonly number[] {
  if (!wanted) {
    if (levels.length > 0) throw faulty('levels', 'empty, as this loss asks for no quantiles', levels.join(' '))
    return []
  }
  if (levels.length === 0 || levels.length > MAX_LEVELS)
    throw faulty('levels', `1 to ${MAX_LEVELS} levels`, `${levels.length}`)
  const numbers = levels.map((level, i) => parseNumber(`levels[${i}]`, level))
  for (const [i, level] of numbers.entries()) {
    const legal = level > 0 && level < 1 && level > (numbers[i - 1] ?? 0)
    if (!legal) throw faulty(`levels[${i}]`, 'between 0 and 1, in ascending order', levels[i] ?? '')
  }
  return numbers
}

function parseDomain(wire: WirePolicy, loss: LossMethod): readonly [number, number] {
  const lowest = parseNumber('domain_lowest', wire.domainLowest)
  const highest = parseNumber('domain_highest', wire.domainHighest)
  for (const [field, value, text] of [
    ['domain_lowest', lowest, wire.domainLowest],
    ['domain_highest', highest, wire.domainHighest],
  ] as const) {
    if (Math.abs(value) > LARGEST_VALUE) throw faulty(field, 'between -1e150 and 1e150', text)
  }
  if (!(lowest < highest)) throw faulty('domain_highest', `above the lowest, ${wire.domainLowest}`, wire.domainHighest)
  if (loss === 'qlike' && !(lowest > 0)) throw faulty('domain_lowest', 'above 0 for the loss qlike', wire.domainLowest)
  return [lowest, highest]
}

/** Probabilities have one domain; it may be left out. */
function unitInterval({ domainLowest, domainHighest }: WirePolicy): readonly [number, number] {
  if (domainLowest !== '' && parseNumber('domain_lowest', domainLowest) !== 0) {
    throw faulty('domain_lowest', '0 or empty for probabilities', domainLowest)
  }
  if (domainHighest !== '' && parseNumber('domain_highest', domainHighest) !== 1) {
    throw faulty('domain_highest', '1 or empty for probabilities', domainHighest)
  }
  return [0, 1]
}

/** The truth of labels and events follows the majority: there the tolerance is not used. SPEC VT-3 */
function parseTolerance({ tolerance }: WirePolicy, unused: boolean): number {
  if (unused && tolerance === '') return 1
  const value = parseNumber('tolerance', tolerance)
  if (!(value > 0)) throw faulty('tolerance', 'above 0, in the unit of the topic', tolerance)
  return value
}

/** Plain submissions use the topic's own windows, and have no bond. SPEC VT-2 */
function refuseWindows(wire: WirePolicy): undefined {
  for (const [field, value] of windowsOf(wire)) {
    if (value !== 0n) throw faulty(field, '0 for plain submissions', value.toString())
  }
  if (wire.bond !== '' && wire.bond !== '0') throw faulty('bond', '0 or empty for plain submissions', wire.bond)
  return undefined
}

function windowsOf(wire: WirePolicy): readonly (readonly [field: string, blocks: bigint])[] {
  return [
    ['worker_commit_window', wire.workerCommitWindow],
    ['worker_reveal_window', wire.workerRevealWindow],
    ['truth_commit_window', wire.truthCommitWindow],
    ['truth_reveal_window', wire.truthRevealWindow],
  ]
}

/** The windows of sealed submissions, and the bond; without a word about it, 0.01 ALLO. SPEC VT-2 */
function parseSealedTerms(wire: WirePolicy): SealedTerms {
  for (const [field, value] of windowsOf(wire)) {
    if (value < 1n || value > MAX_WINDOW) throw faulty(field, `from 1 to ${MAX_WINDOW} blocks`, value.toString())
  }
  return {
    workerCommit: wire.workerCommitWindow,
    workerReveal: wire.workerRevealWindow,
    truthCommit: wire.truthCommitWindow,
    truthReveal: wire.truthRevealWindow,
    bond: wire.bond === '' ? DEFAULT_BOND : parseUallo('bond', wire.bond),
  }
}

function parseUallo(field: string, text: string): bigint {
  const amount = parseAmount(text)
  if (typeof amount !== 'bigint') throw faulty(field, 'a whole number of uallo', text)
  return amount
}

function withDefault(field: string, value: bigint, fallback: bigint, largest: bigint): bigint {
  if (value > largest) throw faulty(field, `at most ${largest}`, value.toString())
  return value === 0n ? fallback : value
}

function parseText(field: string, text: string): string {
  const legal = text.length > 0 && text.length <= MAX_TEXT && !/^ | $/.test(text) && !CONTROL_CHARACTER.test(text)
  if (!legal) throw faulty(field, `a text of 1 to ${MAX_TEXT} characters without spaces around it`, text)
  return text
}

function parseNumber(field: string, text: string): number {
  const value = parseDecimal(text)
  if (typeof value === 'number') return value
  throw faulty(field, 'a decimal number', text)
}

function faulty(field: string, expected: string, got: string): Error {
  return topicsError('POLICY_FIELD', { field, expected, got })
}
