import { ProofError } from '@starling/protocol/proof/proofError'
import { StarlingError } from '../starlingError.ts'

/** A failed proof of something in the words of the SDK; any other error as it is. */
export function refuted(error: unknown, what = 'a block'): unknown {
  if (!(error instanceof ProofError)) return error
  const { code, message } = error
  return new StarlingError(
    'refuted',
    `What the node says of ${what} is refuted (${code}). ${message} Ask another node.`,
    {
      cause: error,
    },
  )
}
