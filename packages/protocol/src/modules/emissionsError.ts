import { defineErrors, type ErrorFactory } from '../errors.ts'

type EmissionsErrors = {
  INVALID_TOPIC_ID: { topicId: bigint }
  ALREADY_REGISTERED: { address: string; role: string; topicId: bigint }
  NOT_REGISTERED_IN_TOPIC: { address: string; role: string; topicId: bigint }
  INSUFFICIENT_STAKE: { address: string; stake: bigint; required: bigint }
  NOT_REGISTERED: { address: string; role: string; where: string }
  INSUFFICIENT_STAKE_TO_REMOVE: { stake: bigint; wanted: bigint }
  TOPIC_DOES_NOT_EXIST: { topicId: bigint }
  OWNER_EMPTY: Record<string, never>
  NOT_ADMIN: { address: string }
  CADENCE_BELOW_MINIMUM: { length: bigint; minimum: bigint }
  NONCE_STILL_UNFULFILLED: { nonce: bigint; opens: bigint; height: bigint }
  SIGNATURE_FAILED: { worker: string }
  INSUFFICIENT_DELEGATION_TO_REMOVE: { stake: bigint; wanted: bigint }
  ZERO_AMOUNT: { field: string }
  INVALID_VALUE: { field: string; expected: string; got: string }
  TOO_LARGE: { what: string; size: number; limit: number }
  CANT_SELF_DELEGATE: { address: string }
  REMOVAL_NOT_FOUND: { address: string; topicId: bigint }
  WORKER_WINDOW: { nonce: bigint; opened: bigint; closed: bigint; height: bigint }
  REPUTER_WINDOW: { nonce: bigint; opened: bigint; closed: bigint; height: bigint }
  INVALID_WORKER_DATA: { field: string; expected: string; got: string }
  INVALID_TRUTH: { field: string; expected: string; got: string }
  GROUND_TRUTH_LAG_TOO_BIG: { lag: bigint; limit: bigint }
  NONCE_NOT_FOUND: { nonce: bigint; topicId: bigint; open: readonly bigint[] }
  NO_FORECAST_ELEMENTS: Record<string, never>
  ALREADY_SUBMITTED: { address: string; nonce: bigint }
  NOT_CREATOR: { address: string; topicId: bigint }
  OLD_API: Record<string, never>
  NOT_UPDATABLE: { field: string }
  PLAIN_TOPIC: { topicId: bigint }
  SEALED_TOPIC: { topicId: bigint }
  COMMIT_WINDOW: { nonce: bigint; opened: bigint; closed: bigint; height: bigint }
  REVEAL_WINDOW: { nonce: bigint; opened: bigint; closed: bigint; height: bigint }
  NO_COMMITMENT: { address: string; role: string; nonce: bigint }
  COMMITMENT_MISMATCH: { address: string; role: string; nonce: bigint }
}

/**
 * What the reference's one module x/emissions refuses, by its numbers; here several modules share the codespace, and
 * clients test for the numbers. Numbers from 200 on are ours. Never reused. SPEC lifecycle 2.10, wire 4.5
 */
export const emissionsError: ErrorFactory<EmissionsErrors> = defineErrors<EmissionsErrors>('emissions', {
  INVALID_TOPIC_ID: { number: 6, message: ({ topicId }) => `invalid topic ID: there is no topic ${topicId}` },
  ALREADY_REGISTERED: {
    number: 8,
    message: ({ address, role, topicId }) =>
      `address is already registered: ${address} is a ${role} of topic ${topicId}`,
  },
  NOT_REGISTERED_IN_TOPIC: {
    number: 10,
    message: ({ address, role, topicId }) =>
      `address is not registered in this topic: ${address} is no ${role} of topic ${topicId}; register first`,
  },
  INSUFFICIENT_STAKE: {
    number: 11,
    message: ({ address, stake, required }) =>
      `insufficient stake: ${address} has ${stake}uallo that count for this epoch, ${required}uallo are required; added stake counts from the next epoch on`,
  },
  NOT_REGISTERED: {
    number: 13,
    message: ({ address, role, where }) =>
      `address not registered: ${address} is no ${role} of ${where}; register first`,
  },
  INSUFFICIENT_STAKE_TO_REMOVE: {
    number: 14,
    message: ({ stake, wanted }) =>
      `insufficient stake to remove: ${stake}uallo are there, ${wanted}uallo were asked for`,
  },
  TOPIC_DOES_NOT_EXIST: { number: 23, message: ({ topicId }) => `topic does not exist: ${topicId}` },
  OWNER_EMPTY: { number: 24, message: () => 'owner must be an allo… address, got nothing' },
  NOT_ADMIN: { number: 28, message: ({ address }) => `not whitelist admin: ${address} may not change parameters` },
  CADENCE_BELOW_MINIMUM: {
    number: 40,
    message: ({ length, minimum }) => `epoch_length must be at least ${minimum} blocks, got ${length}`,
  },
  NONCE_STILL_UNFULFILLED: {
    number: 45,
    message: ({ nonce, opens, height }) =>
      `nonce still unfulfilled: the truth of ${nonce} is taken from block ${opens} on, now ${height}`,
  },
  SIGNATURE_FAILED: {
    number: 47,
    message: ({ worker }) => `signature verification was failed: the bundle is not signed by ${worker}`,
  },
  INSUFFICIENT_DELEGATION_TO_REMOVE: {
    number: 49,
    message: ({ stake, wanted }) =>
      `insufficient delegate stake to remove: ${stake}uallo are delegated, ${wanted}uallo were asked for`,
  },
  ZERO_AMOUNT: { number: 51, message: ({ field }) => `received zero amount: ${field} must be above 0` },
  INVALID_VALUE: {
    number: 52,
    message: ({ field, expected, got }) => `invalid value: ${field} must be ${expected}, got "${shorten(got)}"`,
  },
  TOO_LARGE: {
    number: 53,
    message: ({ what, size, limit }) => `query is too large: ${what} has ${size} bytes, at most ${limit} are taken`,
  },
  CANT_SELF_DELEGATE: { number: 57, message: ({ address }) => `cant self delegate: ${address}; add stake instead` },
  REMOVAL_NOT_FOUND: {
    number: 64,
    message: ({ address, topicId }) => `No stake removal found for ${address} in topic ${topicId}`,
  },
  WORKER_WINDOW: {
    number: 67,
    message: ({ nonce, opened, closed, height }) =>
      `worker nonce window not available: that of ${nonce} takes blocks ${opened} to ${closed}; window closed at block ${closed}, now ${height}`,
  },
  REPUTER_WINDOW: {
    number: 68,
    message: ({ nonce, opened, closed, height }) =>
      `reputer nonce window not available: that of ${nonce} takes blocks ${opened} to ${closed}, now ${height}`,
  },
  INVALID_WORKER_DATA: {
    number: 71,
    message: ({ field, expected, got }) =>
      `worker data validation is failed: ${field} must be ${expected}, got "${shorten(got)}"`,
  },
  INVALID_TRUTH: {
    number: 72,
    message: ({ field, expected, got }) =>
      `reputer data validation is failed: ${field} must be ${expected}, got "${shorten(got)}"`,
  },
  GROUND_TRUTH_LAG_TOO_BIG: {
    number: 74,
    message: ({ lag, limit }) =>
      `ground truth lag too big for epoch length: at most ${limit} blocks are possible, got ${lag}`,
  },
  NONCE_NOT_FOUND: {
    number: 75,
    message: ({ nonce, topicId, open }) =>
      `unfulfilled nonce not found: topic ${topicId} does not wait for ${nonce}; open nonces: ${open.join(', ') || 'none'}`,
  },
  NO_FORECAST_ELEMENTS: {
    number: 77,
    message: () => 'no valid forecast elements found: a forecast needs at least one',
  },
  ALREADY_SUBMITTED: {
    number: 78,
    message: ({ address, nonce }) =>
      `cannot update EMA more than once per window: inference already submitted by ${address} for nonce ${nonce}`,
  },
  NOT_CREATOR: {
    number: 200,
    message: ({ address, topicId }) => `only the creator of topic ${topicId} may change it, not ${address}`,
  },
  OLD_API: {
    number: 201,
    message: () =>
      'CreateNewTopic makes topics with truth "reported", which is not supported yet; send /starling.v1.CreateTopicRequest with policy.truth "attested"',
  },
  NOT_UPDATABLE: {
    number: 202,
    message: ({ field }) => `${field} is fixed at creation and cannot be changed; create another topic instead`,
  },
  PLAIN_TOPIC: {
    number: 203,
    message: ({ topicId }) => `topic ${topicId} takes plain submissions: send the payload itself, without a commitment`,
  },
  SEALED_TOPIC: {
    number: 204,
    message: ({ topicId }) => `topic ${topicId} takes sealed submissions: commit first, then reveal`,
  },
  COMMIT_WINDOW: {
    number: 205,
    message: ({ nonce, opened, closed, height }) =>
      `commit window not available: commitments for ${nonce} are taken in blocks ${opened} to ${closed}, now ${height}`,
  },
  REVEAL_WINDOW: {
    number: 206,
    message: ({ nonce, opened, closed, height }) =>
      `reveal window not available: reveals for ${nonce} are taken from block ${opened} to ${closed}, or until all have revealed, now ${height}`,
  },
  NO_COMMITMENT: {
    number: 207,
    message: ({ address, role, nonce }) =>
      `${address} has no commitment as ${role} for nonce ${nonce} that waits for its reveal`,
  },
  COMMITMENT_MISMATCH: {
    number: 208,
    message: ({ address, role, nonce }) =>
      `what ${address} reveals as ${role} for nonce ${nonce} is not what it committed to: payload or salt differ`,
  },
})

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
