import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { getTopicStake } from '../topics/view.ts'
import { formatShare } from './formatShare.ts'
import { SHARE_SCALE } from './payDelegator.ts'
import * as stake from './view.ts'

const ALLO = 10n ** 18n
const network = openSettledNetwork()
const { application } = network.chain
const { state, delegator } = network
const [first, second, third] = network.reputers.map(({ address }) => address)
if (first === undefined || second === undefined || third === undefined) throw new Error('a reputer is missing')
const stranger = network.creator.address

describe('SPEC wire 1.5 queries about stake', () => {
  it('totals are those of the books, and the topic has it all', () => {
    const total = askEmissions(application, 'GetTotalStake').amount
    const ofTopic = askEmissions(application, 'GetTopicStake', {
      topicId: 1n,
    })
    expect(total).toBe(stake.getTotalStake(state).toString())
    expect(ofTopic.amount).toBe(getTopicStake(state, 1n).toString())
    expect(ofTopic.amount).toBe(total)
  })

  it('a reputer’s stake is its own and what is delegated to it', () => {
    const all = (address: string): bigint =>
      BigInt(
        askEmissions(application, 'GetReputerStakeInTopic', {
          address,
          topicId: 1n,
        }).amount,
      )
    const own = (reputerAddress: string): bigint =>
      BigInt(askEmissions(application, 'GetStakeFromReputerInTopicInSelf', { reputerAddress, topicId: 1n }).amount)
    const delegated = (reputerAddress: string): bigint =>
      BigInt(askEmissions(application, 'GetDelegateStakeInTopicInReputer', { reputerAddress, topicId: 1n }).amount)
    for (const reputer of [first, second, third, stranger]) {
      expect(all(reputer)).toBe(stake.getAuthority(state, 1n, reputer))
      expect(own(reputer) + delegated(reputer)).toBe(all(reputer))
    }
    expect([first, second, stranger].map(delegated)).toEqual([500n * ALLO, 0n, 0n])
    expect(own(first)).toBeGreaterThan(1000n * ALLO)
    expect(all(stranger)).toBe(0n)
  })

  it('authority and delegate stake upon a reputer are the same under other names', () => {
    const authority = askEmissions(application, 'GetStakeReputerAuthority', { topicId: 1n, reputer: first })
    expect(authority.authority).toBe(stake.getAuthority(state, 1n, first).toString())
    const upon = askEmissions(application, 'GetDelegateStakeUponReputer', { topicId: 1n, target: first })
    expect(upon.stake).toBe(stake.getDelegatedUpon(state, 1n, first).toString())
  })

  it('several reputers are answered in the order asked, at most a page of them', () => {
    const many = (addresses: string[]) =>
      askEmissions(application, 'GetMultiReputerStakeInTopic', {
        addresses,
        topicId: 1n,
      }).amounts
    expect(many([third, stranger, first]).map(({ reputer, amount }) => [reputer, amount])).toEqual(
      [third, stranger, first].map((reputer) => [reputer, stake.getAuthority(state, 1n, reputer).toString()]),
    )
    expect(many([])).toEqual([])
    const tooMany = Array.from({ length: 1001 }, () => first)
    expect(() => many(tooMany)).toThrow('InvalidArgument desc = addresses are at most 1000, got 1001')
  })

  it('a delegator’s stake is counted by reputer and in all', () => {
    const one = askEmissions(application, 'GetStakeFromDelegatorInTopicInReputer', {
      delegatorAddress: delegator.address,
      reputerAddress: first,
      topicId: 1n,
    })
    const all = askEmissions(application, 'GetStakeFromDelegatorInTopic', {
      delegatorAddress: delegator.address,
      topicId: 1n,
    })
    expect([one.amount, all.amount]).toEqual([(500n * ALLO).toString(), (500n * ALLO).toString()])
  })

  it('rewards per share and debts are exact decimals in uallo', () => {
    const { rewardPerShare } = askEmissions(application, 'GetDelegateRewardPerShare', { topicId: 1n, reputer: first })
    const { delegatorInfo } = askEmissions(application, 'GetDelegateStakePlacement', {
      topicId: 1n,
      delegator: delegator.address,
      target: first,
    })
    const scaled = (decimal: string): bigint => {
      const [whole = '', fraction = ''] = decimal.split('.')
      return BigInt(whole) * SHARE_SCALE + BigInt(fraction.padEnd(36, '0'))
    }
    const { amount, debt } = stake.getPlacement(state, 1n, delegator.address, first)
    expect(scaled(rewardPerShare)).toBe(stake.getRewardPerShare(state, 1n, first))
    expect(scaled(rewardPerShare)).toBeGreaterThan(0n)
    expect(delegatorInfo?.amount).toBe(amount.toString())
    expect(scaled(delegatorInfo?.rewardDebt ?? '')).toBe(debt)
  })

  it.each([
    [0n, '0'],
    [1n, `0.${'0'.repeat(35)}1`],
    [SHARE_SCALE, '1'],
    [SHARE_SCALE * 12n + SHARE_SCALE / 4n, '12.25'],
  ])('%d of 10^36 is %s', (share, text) => expect(formatShare(share)).toBe(text))
})
