import { create } from '@bufbuild/protobuf'
import { StakeRemovalInfoSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { openTestChain } from '../../app/testing/testChain.ts'
import { addRemoval, getDelegateRemoval, getRemoval } from './view.ts'

const ALLO = 10n ** 18n
const network = openSettledNetwork()
const { application } = network.chain
const { state, delegator, open } = network
const [first, second, third] = network.reputers.map(({ address }) => address)
if (first === undefined || second === undefined || third === undefined) throw new Error('a reputer is missing')
/** Both removals began with the newest block, and take 50 more. */
const ends = open + 51n

const until = (blockHeight: bigint) =>
  askEmissions(application, 'GetStakeRemovalsUpUntilBlock', {
    blockHeight,
  }).removals
const delegatesUntil = (blockHeight: bigint) =>
  askEmissions(application, 'GetDelegateStakeRemovalsUpUntilBlock', { blockHeight }).removals
const removal = (reputer: string) =>
  askEmissions(application, 'GetStakeRemovalInfo', {
    topicId: 1n,
    reputer,
  }).removal
const delegateRemoval = (reputer: string) =>
  askEmissions(application, 'GetDelegateStakeRemovalInfo', {
    topicId: 1n,
    delegator: delegator.address,
    reputer,
  }).removal
const delegateRemovalAt = (blockHeight: bigint) =>
  askEmissions(application, 'GetDelegateStakeRemoval', {
    blockHeight,
    topicId: 1n,
    delegator: delegator.address,
    reputer: first,
  }).stakeRemovalInfo

describe('SPEC wire 1.5 queries about removals', () => {
  it('tell what leaves, how much and when', () => {
    expect(removal(third)).toEqual(getRemoval(state, third, 1n))
    expect(removal(third)).toMatchObject({
      blockRemovalStarted: open + 1n,
      blockRemovalCompleted: ends,
      topicId: 1n,
      reputer: third,
      amount: (100n * ALLO).toString(),
    })
    expect(delegateRemoval(first)).toEqual(getDelegateRemoval(state, delegator.address, first, 1n))
    expect(delegateRemoval(first)).toMatchObject({ blockRemovalCompleted: ends, amount: (50n * ALLO).toString() })
  })

  it('both ways of asking for a reputer’s removal give the same', () => {
    const { stakeRemovalInfo } = askEmissions(application, 'GetStakeRemovalForReputerAndTopicId', {
      topicId: 1n,
      reputer: third,
    })
    expect(stakeRemovalInfo).toEqual(removal(third))
  })

  it('where nothing leaves there is none', () => {
    expect(() => removal(second)).toThrow(`NotFound desc = ${second} is removing no stake from topic 1`)
    expect(() => delegateRemoval(second)).toThrow(
      `NotFound desc = ${delegator.address} is removing no delegation to ${second} from topic 1`,
    )
  })

  it('a delegation’s removal is found by the block that pays it out', () => {
    expect(delegateRemovalAt(ends)).toEqual(delegateRemoval(first))
    expect(() => delegateRemovalAt(ends - 1n)).toThrow(`ends at block ${ends}, not ${ends - 1n}`)
  })

  it('lists hold what is paid out up to a block', () => {
    expect([ends - 1n, ends, ends + 1000n].map((height) => until(height).length)).toEqual([0, 1, 1])
    expect([ends - 1n, ends].map((height) => delegatesUntil(height).length)).toEqual([0, 1])
    expect(until(ends)).toEqual([removal(third)])
    expect(delegatesUntil(ends)).toEqual([delegateRemoval(first)])
  })

  it('AUD-M25 a list of more than a page is refused rather than cut', () => {
    const chain = openTestChain([])
    const put = (height: bigint, i: number): void =>
      addRemoval(
        chain.stores,
        create(StakeRemovalInfoSchema, {
          topicId: BigInt(i),
          reputer: third,
          amount: '1',
          blockRemovalCompleted: height,
        }),
      )
    for (let i = 1; i <= 1001; i++) put(i === 1001 ? 2000n : 1000n, i)
    chain.stores.commit(1n)
    const listed = (blockHeight: bigint): number =>
      askEmissions(chain.application, 'GetStakeRemovalsUpUntilBlock', { blockHeight }).removals.length
    expect([999n, 1000n, 1999n].map(listed)).toEqual([0, 1000, 1000])
    expect(() => listed(2000n)).toThrow('FailedPrecondition desc = more than 1000 removals end up to block 2000')
  })
})
