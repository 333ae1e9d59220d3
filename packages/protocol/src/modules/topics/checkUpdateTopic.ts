import type { Params } from '../../gen/emissions/v9/params_pb.ts'
import type { UpdateTopicRequest } from '../../gen/emissions/v10/tx_pb.ts'
import type { Topic } from '../../gen/emissions/v10/types_pb.ts'
import { emissionsError } from '../emissionsError.ts'
import { readText, readTopicDecimal } from './checkCreateTopic.ts'

/** What an update sets; the message is a full replacement, and fields of the policy must stay as they are. */
export type TopicUpdate = Pick<Topic, 'metadata' | 'alphaRegret' | 'meritSortitionAlpha' | 'pNorm' | 'cNorm'>

/** Checks an update of an attested topic; what its policy fixes may be left out or repeated. SPEC lifecycle 2.3, VT-1 */
export function checkUpdateTopic(request: UpdateTopicRequest, topic: Topic, params: Params): TopicUpdate {
  if (request.lossMethod !== '' && request.lossMethod !== topic.lossMethod) throw fixed('loss_method')
  const { maxLabelsPerSubmission } = request
  if (maxLabelsPerSubmission !== 0n && maxLabelsPerSubmission !== topic.maxLabelsPerSubmission) {
    throw fixed('max_labels_per_submission')
  }
  const sameLabels = request.labelWhitelist.join('\n') === topic.labelWhitelist.join('\n')
  if (request.labelWhitelist.length > 0 && !sameLabels) throw fixed('label_whitelist')
  if (request.labelDefaultValue !== '' && request.labelDefaultValue !== '0') throw fixed('label_default_value')
  return {
    metadata: readText('metadata', request.metadata, Number(params.maxStringLength)),
    alphaRegret: readTopicDecimal('alpha_regret', request.alphaRegret),
    meritSortitionAlpha: readTopicDecimal('merit_sortition_alpha', request.meritSortitionAlpha),
    pNorm: readTopicDecimal('p_norm', request.pNorm),
    cNorm: readTopicDecimal('c_norm', request.cNorm),
  }
}

function fixed(field: string): Error {
  return emissionsError('NOT_UPDATABLE', { field })
}
