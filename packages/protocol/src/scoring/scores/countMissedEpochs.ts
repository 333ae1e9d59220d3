/**
 * Epochs that an actor missed since its last submission, in whole epochs; all inputs are block heights or counts.
 * `lag` = 0 for inferers and forecasters, the ground-truth lag for reputers. SPEC math 10.5
 */
export function countMissedEpochs(input: {
  readonly lastBlock: bigint
  readonly epochLastEnded: bigint
  readonly epochLength: bigint
  readonly lag: bigint
}): bigint {
  const { lastBlock, epochLastEnded, epochLength, lag } = input
  const atLeastZero = (height: bigint): bigint => (height > 0n ? height : 0n)
  const start = atLeastZero(atLeastZero(epochLastEnded - epochLength) - lag)
  if (lastBlock >= start || epochLength <= 0n) return 0n
  return (start - 1n - lastBlock) / epochLength + 1n
}
