import { ProofError } from '@starling/protocol/proof/proofError'
import { StarlingError } from '../starlingError.ts'

/** A failed proof in the words of the SDK; anything else as it is. */
export function refuted(error: unknown): unknown {
  if (!(error instanceof ProofError)) return error
  const { code, message } = error
  return new StarlingError('refuted', `The node's answer is refuted (${code}): ${message}. Ask another node.`, {
    cause: error,
  })
}
