import { create, fromJson, type JsonObject } from '@bufbuild/protobuf'
import {
  type CreateTopicRequest,
  CreateTopicRequestSchema,
  TopicPolicySchema,
} from '@starling/protocol/gen/starling/v1/topics_pb'
import { createFromTemplate, topicTemplates } from '@starling/protocol/presets/topicTemplates'
import { CliError } from '../cliError.ts'
import { policySchema } from '../settle/policySchema.ts'

/** How a topic's epochs run, and what it is called. */
export type TopicForm = {
  readonly name: string | undefined
  readonly epochLength: bigint
  readonly groundTruthLag: bigint
  readonly workerSubmissionWindow: bigint
  /** Of a template; a policy says it itself. */
  readonly submissions: 'sealed' | 'plain'
}

/** The request for a topic from a ready question. Throws a `CliError` for a template that is not there. */
export function requestFromTemplate(
  template: string,
  creator: string,
  { name, ...pace }: TopicForm,
): CreateTopicRequest {
  const found = topicTemplates.find((one) => one.name === template)
  if (found === undefined) {
    const names = topicTemplates.map((one) => one.name).join(', ')
    throw new CliError(2, `--template must be one of ${names}, got "${template}".`)
  }
  const message = createFromTemplate(found, creator, pace)
  if (message.typeUrl !== '/starling.v1.CreateTopicRequest') throw new Error(`a template made a ${message.typeUrl}`)
  const request = create(CreateTopicRequestSchema, message.value)
  return name === undefined ? request : { ...request, name }
}

/** The request for a topic with the policy of a JSON document, whose fields are those of `settle`'s policy. */
export function requestFromPolicy(
  document: unknown,
  file: string,
  creator: string,
  { name, submissions: _, ...pace }: TopicForm,
): CreateTopicRequest {
  if (name === undefined) throw new CliError(2, 'A topic from --file needs --name NAME.')
  const parsed = policySchema.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new CliError(2, `${file}: ${path === '' ? '' : `${path}: `}${issue?.message ?? 'it is no policy'}.`)
  }
  const policy = fromJson(TopicPolicySchema, parsed.data as JsonObject)
  return create(CreateTopicRequestSchema, { creator, name, ...pace, policy })
}
