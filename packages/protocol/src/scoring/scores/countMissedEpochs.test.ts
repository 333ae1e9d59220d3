import { describe, expect, it } from 'vitest'
import { countMissedEpochs } from './countMissedEpochs.ts'

describe('SPEC math 10.5 missed epochs', () => {
  it('of the published example are 4', () => {
    expect(countMissedEpochs({ lastBlock: 55n, epochLastEnded: 110n, epochLength: 10n, lag: 10n })).toBe(4n)
  })

  it('start one block before the previous epoch', () => {
    const missed = (lastBlock: bigint): bigint =>
      countMissedEpochs({ lastBlock, epochLastEnded: 110n, epochLength: 10n, lag: 0n })
    expect(missed(110n)).toBe(0n)
    expect(missed(100n)).toBe(0n)
    expect(missed(99n)).toBe(1n)
    expect(missed(90n)).toBe(1n)
    expect(missed(89n)).toBe(2n)
  })

  it('are none before the first epochs have ended', () => {
    expect(countMissedEpochs({ lastBlock: 0n, epochLastEnded: 5n, epochLength: 10n, lag: 0n })).toBe(0n)
    expect(countMissedEpochs({ lastBlock: 0n, epochLastEnded: 15n, epochLength: 10n, lag: 20n })).toBe(0n)
  })
})
