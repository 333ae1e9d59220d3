import { fromJson } from '@bufbuild/protobuf'
import { ProtocolError } from '@starling/protocol/errors'
import { TopicPolicySchema } from '@starling/protocol/gen/starling/v1/topics_pb'
import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import type { SettleInput } from '@starling/protocol/scoring/settle/settleTypes'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'
import { CliError } from '../cliError.ts'
import { inputSchema } from './inputSchema.ts'
import { parseDocument, refusal } from './parseDocument.ts'
import type { PolicyJson } from './policySchema.ts'
import { outputNames, readValues } from './readValues.ts'
import { readWork, type WorkFault } from './readWork.ts'

/** A document as the input of `settleEpoch`. */
export type ReadInput = {
  readonly input: SettleInput
  /** What was left out because `skipInvalid` allows it. */
  readonly skipped: readonly WorkFault[]
}

/**
 * Reads the document of `settle --input`. Throws a `CliError` that names the path of whatever is wrong; with
 * `skipInvalid` a prediction or report that is no number of its domain is left out instead.
 */
export function readInput(
  document: unknown,
  options: {
    readonly name: string
    readonly skipInvalid: boolean
    /** Told the paths of fields that mean nothing here. */
    readonly onUnknown: (paths: readonly string[]) => void
  },
): ReadInput {
  const { value: raw, unknown } = parseDocument(inputSchema, document, options.name)
  options.onUnknown(unknown)
  const policy = readPolicy(raw.topic.policy, options.name)
  const { faults, ...work } = readWork(policy, raw)
  if (faults.length > 0 && !options.skipInvalid) throw refusal(options.name, faults)
  const prior = raw.prior ?? emptyScoringState()
  return {
    input: {
      topic: { id: raw.topic.id, policy, params: { ...defaultScoringParams, ...raw.topic.params } },
      nonce: raw.nonce,
      prior,
      priorUpdate: raw.priorUpdate ?? prior,
      ...work,
      reward: raw.reward,
      lastAnswer: readLastAnswer(policy, raw.lastAnswer, options.name),
      ...(raw.missed === undefined ? {} : { missed: raw.missed }),
    },
    skipped: faults,
  }
}

function readLastAnswer(policy: TopicPolicy, raw: unknown, name: string): Values | null {
  if (raw === undefined || raw === null) return null
  const given = outputNames(policy) === undefined ? { value: raw } : { values: raw }
  const values = readValues(policy, given, ['lastAnswer'])
  const faults = values.filter((value) => typeof value === 'object')
  if (faults.length > 0) throw refusal(name, faults)
  return values.filter((value) => typeof value === 'number')
}

/** What describes a topic to people enters no number; here it may be left out. */
const descriptions = { unit: 'not given', horizon: 'not given', resolution: 'not given' }

function readPolicy(policy: PolicyJson, name: string): TopicPolicy {
  try {
    return parsePolicy(fromJson(TopicPolicySchema, { ...descriptions, ...policy }))
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    throw new CliError(2, `${name}: topic.${error.message}.`, { cause: error })
  }
}
