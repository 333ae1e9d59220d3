import { create } from '@bufbuild/protobuf'
import type { Params } from '../../gen/emissions/v9/params_pb.ts'
import { type Topic as BaseTopic, TopicOutputArity, TopicSchema, TopicType } from '../../gen/emissions/v10/types_pb.ts'
import type { CreateTopicRequest } from '../../gen/starling/v1/topics_pb.ts'
import { formatDecimal } from '../../num/formatDecimal.ts'
import { parseDecimal } from '../../num/parseDecimal.ts'
import { outputKindOf } from '../../scoring/losses/outputKindOf.ts'
import { floorOf } from '../../scoring/losses/toRegretScale.ts'
import type { SealedTerms, TopicPolicy } from '../../scoring/types.ts'
import { emissionsError } from '../emissionsError.ts'
import { readAddressField } from '../readFields.ts'
import { topicsError } from './errors.ts'
import { parsePolicy } from './parsePolicy.ts'
import { CONTROL_CHARACTER } from './printable.ts'

const MAX_NAME = 64

/** What a legal request becomes: the policy, and the topic as it is stored but for its id. */
export type NewTopic = { readonly name: string; readonly policy: TopicPolicy; readonly base: BaseTopic }

type Bounds = {
  readonly least: number
  readonly most: number
  readonly fallback: number
  /** The least itself is not allowed. */
  readonly above?: true
  /** The most itself is not allowed. */
  readonly below?: true
}

type TopicDecimal =
  | 'p_norm'
  | 'c_norm'
  | 'alpha_regret'
  | 'epsilon'
  | 'merit_sortition_alpha'
  | 'active_inferer_quantile'
  | 'active_forecaster_quantile'
  | 'active_reputer_quantile'

/** Bounds of the reference, by field. SPEC lifecycle 1.1 */
const decimals: Readonly<Record<TopicDecimal, Bounds>> = {
  // A flatter potential than the reference's 3 does better on most panels that were tried (ADR-010).
  p_norm: { least: 1, most: 10, fallback: 1.5 },
  c_norm: { least: -100, most: 100, fallback: 0.75 },
  alpha_regret: { least: 0, most: 1, fallback: 0.1, above: true },
  epsilon: { least: 0, most: 1e6, fallback: 0.01, above: true },
  merit_sortition_alpha: { least: 0, most: 1, fallback: 0.1, below: true },
  active_inferer_quantile: { least: 0, most: 1, fallback: 0.25 },
  active_forecaster_quantile: { least: 0, most: 1, fallback: 0.25 },
  active_reputer_quantile: { least: 0, most: 1, fallback: 0.25 },
}

/** Checks a request for a new topic against the parameters; an empty decimal gets its default. SPEC lifecycle 2.2, VT-1 */
export function checkCreateTopic(request: CreateTopicRequest, params: Params): NewTopic {
  readAddressField('creator', request.creator)
  const name = readText('name', request.name, MAX_NAME)
  if (name === '') throw invalid('name', `a text of 1 to ${MAX_NAME} characters`, name)
  const metadata = readText('metadata', request.metadata, Number(params.maxStringLength))
  if (request.policy === undefined) throw invalid('policy', 'set', '')
  const policy = parsePolicy(request.policy)
  const places = Number(params.maxTopReputersToReward)
  if (policy.minReputers > places) {
    const expected = `at most ${places}, as no epoch hears more reputers`
    throw topicsError('POLICY_FIELD', { field: 'min_reputers', expected, got: `${policy.minReputers}` })
  }
  checkWindows(request, params)
  if (policy.sealed !== undefined) checkSealedWindows(request, policy.sealed)
  const labelled = outputKindOf(policy) === 'labels'
  const multiple = labelled || policy.levels.length > 1
  const base = create(TopicSchema, {
    creator: request.creator,
    metadata,
    lossMethod: policy.loss,
    epochLength: request.epochLength,
    groundTruthLag: request.groundTruthLag,
    workerSubmissionWindow: request.workerSubmissionWindow,
    pNorm: readTopicDecimal('p_norm', request.pNorm),
    cNorm: readTopicDecimal('c_norm', request.cNorm),
    alphaRegret: readTopicDecimal('alpha_regret', request.alphaRegret),
    epsilon: readTopicDecimal('epsilon', request.epsilon === '' ? usualEpsilon(policy) : request.epsilon),
    meritSortitionAlpha: readTopicDecimal('merit_sortition_alpha', request.meritSortitionAlpha),
    activeInfererQuantile: readTopicDecimal('active_inferer_quantile', request.activeInfererQuantile),
    activeForecasterQuantile: readTopicDecimal('active_forecaster_quantile', request.activeForecasterQuantile),
    activeReputerQuantile: readTopicDecimal('active_reputer_quantile', request.activeReputerQuantile),
    initialRegret: '0',
    topicType: labelled ? TopicType.CLASSIFICATION : TopicType.REGRESSION,
    outputArity: multiple ? TopicOutputArity.MULTI : TopicOutputArity.SINGLE,
    requireUnity: labelled,
    unityTolerance: '0.000001',
    maxLabelsPerSubmission: BigInt(Math.max(1, policy.labels.length, policy.levels.length)),
    labelWhitelist: [...policy.labels],
    labelDefaultValue: '0',
    labelCaseSensitive: true,
  })
  return { name, policy, base }
}

/** Above a loss's floor regrets are some hundred times smaller than without one, and so is what counts as none. ADR-010 */
function usualEpsilon({ loss }: TopicPolicy): string {
  return floorOf(loss) < 1 ? '' : '0.0001'
}

/** A decimal of a topic in its shortest form. */
export function readTopicDecimal(field: TopicDecimal, text: string): string {
  const { least, most, fallback, above, below } = decimals[field]
  if (text === '') return formatDecimal(fallback)
  const value = parseDecimal(text)
  if (typeof value !== 'number') throw invalid(field, 'a decimal number', text)
  if (value < least || value > most || (above && value === least) || (below && value === most)) {
    throw invalid(field, `${above ? 'above' : 'at least'} ${least} and ${below ? 'below' : 'at most'} ${most}`, text)
  }
  return formatDecimal(value)
}

/** A text without control characters, at most `most` characters long. */
export function readText(field: string, text: string, most: number): string {
  if (text.length > most) throw invalid(field, `at most ${most} characters`, text)
  if (CONTROL_CHARACTER.test(text) || /^ | $/.test(text)) {
    throw invalid(field, 'a text without control characters and without spaces around it', text)
  }
  return text
}

function checkWindows(request: CreateTopicRequest, params: Params): void {
  const { epochLength, groundTruthLag, workerSubmissionWindow } = request
  if (epochLength < params.minEpochLength) {
    throw emissionsError('CADENCE_BELOW_MINIMUM', { length: epochLength, minimum: params.minEpochLength })
  }
  if (epochLength > 2n ** 32n) throw invalid('epoch_length', `at most ${2n ** 32n}`, epochLength.toString())
  if (groundTruthLag < epochLength) {
    throw invalid('ground_truth_lag', `at least epoch_length, ${epochLength}`, groundTruthLag.toString())
  }
  const limit = params.maxUnfulfilledReputerRequests * epochLength
  if (groundTruthLag > limit) throw emissionsError('GROUND_TRUTH_LAG_TOO_BIG', { lag: groundTruthLag, limit })
  if (workerSubmissionWindow < 1n || workerSubmissionWindow > epochLength) {
    const expected = `from 1 to epoch_length, ${epochLength}`
    throw invalid('worker_submission_window', expected, workerSubmissionWindow.toString())
  }
}

/**
 * The worker window is both windows of the workers together, so that what tells of it stays true; the windows of two
 * epochs never overlap, so that what one moves cannot decide about places in the other. SPEC VT-2
 */
function checkSealedWindows(request: CreateTopicRequest, terms: SealedTerms): void {
  const { epochLength, workerSubmissionWindow } = request
  const work = terms.workerCommit + terms.workerReveal
  if (workerSubmissionWindow !== work) {
    const expected = `${work}, the sum of worker_commit_window and worker_reveal_window`
    throw invalid('worker_submission_window', expected, workerSubmissionWindow.toString())
  }
  const truth = terms.truthCommit + terms.truthReveal
  if (truth > epochLength) {
    const field = 'policy.truth_commit_window + policy.truth_reveal_window'
    throw invalid(field, `at most epoch_length, ${epochLength}`, truth.toString())
  }
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_VALUE', { field, expected, got })
}
