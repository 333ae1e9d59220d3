import { fromBase64 } from '@starling/protocol/bytes/base64'
import { fromHex } from '@starling/protocol/bytes/hex'
import { parseLightBlock } from '@starling/protocol/proof/parseLightBlock'
import { ProofError } from '@starling/protocol/proof/proofError'
import { checkLightBlock, verifyLightBlock } from '@starling/protocol/proof/verifyLightBlock'
import { verifyStoreValue } from '@starling/protocol/proof/verifyStoreValue'

/** A light block as CometBFT's RPC answers: results of `/commit` and `/validators`. */
export type RawBlock = { readonly commit: unknown; readonly validators: unknown }

/** The response inside the result of `/abci_query`. */
export type RawValue = {
  readonly value: string | null
  readonly proofOps: { readonly ops: readonly { readonly type: string; readonly key: string; readonly data: string }[] }
}

/** What is to be judged, as JSON: what a node answers and what is trusted. Times in milliseconds. */
export type Question =
  | { readonly what: 'block'; readonly chainId: string; readonly block: RawBlock }
  | {
      readonly what: 'step'
      readonly chainId: string
      readonly trusted: RawBlock
      readonly next: RawBlock
      readonly nowMs: number
    }
  | {
      readonly what: 'value'
      /** Of the block that follows the state. */
      readonly header: RawBlock
      readonly store: string
      /** In hexadecimal. */
      readonly key: string
      readonly answer: RawValue
    }

const HOUR_MS = 3_600_000n

/** Judges raw answers of a node by `protocol/proof`: `accepted`, or the code of the error. The same in Node and in a page. */
export function verdictOf(question: Question): string {
  try {
    judge(question)
    return 'accepted'
  } catch (error) {
    if (error instanceof ProofError) return error.code
    throw error
  }
}

function judge(question: Question): void {
  switch (question.what) {
    case 'block':
      checkLightBlock(read(question.block), question.chainId)
      break
    case 'step': {
      const { chainId, nowMs } = question
      const rules = { chainId, nowMs: BigInt(nowMs), trustingPeriodMs: HOUR_MS, maxClockDriftMs: 10_000n }
      verifyLightBlock(read(question.trusted), read(question.next), rules)
      break
    }
    case 'value': {
      const { value, proofOps } = question.answer
      verifyStoreValue({
        appHash: read(question.header).header.appHash,
        store: question.store,
        key: known(fromHex(question.key)),
        value: value === null ? undefined : known(fromBase64(value)),
        ops: proofOps.ops.map(({ type, key, data }) => ({
          type,
          key: known(fromBase64(key)),
          data: known(fromBase64(data)),
        })),
      })
    }
  }
}

const read = ({ commit, validators }: RawBlock): ReturnType<typeof parseLightBlock> =>
  parseLightBlock(commit, validators)

function known(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error('A question holds bytes that cannot be read.')
  return bytes
}
