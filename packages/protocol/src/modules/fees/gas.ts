import type { MessageUrl } from '../../tx/messages.ts'

const PER_BYTE = 10n
const PER_SIGNATURE = 1_000n
const BASE = 40_000n

/** Gas of messages that cost more than the base: they touch more state. */
const dearer: { readonly [U in MessageUrl]?: bigint } = {
  '/emissions.v10.InsertWorkerPayloadRequest': 80_000n,
  '/starling.v1.CommitRequest': 60_000n,
  '/starling.v1.CreateTopicRequest': 120_000n,
  '/starling.v1.RequestInferenceRequest': 60_000n,
  '/starling.v1.RevealTruthRequest': 60_000n,
  '/starling.v1.RevealWorkRequest': 80_000n,
  '/starling.v1.SubmitTruthRequest': 60_000n,
}

/**
 * Gas of a transaction, known before it runs: bytes, signatures and a fixed price per message, so that a client can
 * compute its fee exactly and no run ends half way. Below the limits that existing clients send (SPEC wire 3.1).
 */
export function computeGas(tx: {
  readonly size: number
  readonly signatures: number
  readonly urls: readonly MessageUrl[]
}): bigint {
  const messages = tx.urls.reduce((sum, url) => sum + (dearer[url] ?? BASE), 0n)
  return BigInt(tx.size) * PER_BYTE + BigInt(tx.signatures) * PER_SIGNATURE + messages
}
