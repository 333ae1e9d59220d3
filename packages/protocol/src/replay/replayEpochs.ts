import { toHex } from '../bytes/hex.ts'
import { sha256 } from '../crypto/sha256.ts'
import { encodeScoringState } from '../modules/synthesis/encodeScoringState.ts'
import { emptyScoringState } from '../scoring/emptyScoringState.ts'
import type { Values } from '../scoring/types.ts'
import { compareLeaf } from './compareLeaves.ts'
import type { KnownStates, ReplayTopic, ServedRecord, VerifiedEpoch } from './types.ts'
import { verifyEpoch } from './verifyEpoch.ts'

/**
 * Replays records that follow each other, oldest first. The first one is where the replay stands on: its state after
 * settlement is taken as recorded (`isFoothold`), and it is not replayed itself, unless it is the first of the topic.
 * Stops after an epoch that cannot be replayed. Throws where the first record is no foothold. SPEC QA-2
 */
export function replayEpochs(topic: ReplayTopic, records: readonly ServedRecord[]): readonly VerifiedEpoch[] {
  const empty = encodeScoringState(emptyScoringState())
  let states: KnownStates = withState(new Map(), empty)
  let before = empty
  let lastAnswer: Values | null | undefined = records[0]?.record.previousNonce === 0n ? null : undefined
  const verified: VerifiedEpoch[] = []
  for (const [i, served] of records.entries()) {
    const { record } = served
    const epoch =
      i === 0 && record.previousNonce !== 0n
        ? standOn(served)
        : verifyEpoch({ topic, served, previous: records[i - 1], states, before, lastAnswer })
    verified.push(epoch)
    before = epoch.stateAfter
    states = withState(states, before)
    lastAnswer = answerAfter(served, lastAnswer)
    const isFoothold = i === 0 && record.previousNonce !== 0n
    if (epoch.replayed === undefined && !isFoothold) break
  }
  return verified
}

/** True for a record after which the scoring state is known without any other: full, empty, or none before it. */
export function isFoothold({ record }: Pick<ServedRecord, 'record'>): boolean {
  return record.fullState.length > 0 || toHex(record.stateAfter) === EMPTY_HASH
}

/** SHA-256 of nothing: the empty scoring state has no bytes. */
const EMPTY_HASH = toHex(sha256(new Uint8Array()))

/** The newest answer once this epoch has one; answers are published in the order of their nonces. */
function answerAfter({ record, answer }: ServedRecord, before: Values | null | undefined): Values | null | undefined {
  return record.answerHeight === 0n ? before : answer?.values
}

function standOn(served: ServedRecord): VerifiedEpoch {
  if (!isFoothold(served)) throw new Error('a replay begins with a record that holds the full state')
  const { record, bytes, hash } = served
  const parts = [
    compareLeaf('hash', hash === undefined ? null : toHex(hash), toHex(sha256(bytes))),
    compareLeaf('stateAfter', toHex(record.stateAfter), toHex(sha256(record.fullState))),
  ]
  return {
    nonce: record.nonce,
    compared: parts.length,
    mismatches: parts.flatMap(({ mismatches }) => mismatches),
    replayed: undefined,
    stateAfter: record.fullState,
  }
}

function withState(states: KnownStates, bytes: Uint8Array): KnownStates {
  return new Map([...states, [toHex(sha256(bytes)), bytes]])
}
