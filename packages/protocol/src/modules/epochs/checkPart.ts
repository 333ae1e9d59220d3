import { emissionsError } from '../emissionsError.ts'

type Part = { readonly topicId: bigint; readonly blockHeight: bigint }

/** Whose a part of a worker's payload has to be, and for which epoch. */
export type PartOwner = { readonly worker: string; readonly topicId: bigint; readonly nonce: bigint }

/** Refuses a part that names another author, topic or epoch than the message around it. `authorField`: `inference.inferer` */
export function checkPart(
  authorField: string,
  part: Part | undefined,
  author: string | undefined,
  { worker, topicId, nonce }: PartOwner,
): void {
  if (part === undefined) return
  if (author !== worker) throw invalid(authorField, `the worker, ${worker}`, author ?? '')
  const [name] = authorField.split('.')
  if (part.topicId !== topicId) throw invalid(`${name}.topic_id`, `${topicId}`, part.topicId.toString())
  if (part.blockHeight !== nonce)
    throw invalid(`${name}.block_height`, `the nonce, ${nonce}`, part.blockHeight.toString())
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_WORKER_DATA', { field, expected, got })
}
