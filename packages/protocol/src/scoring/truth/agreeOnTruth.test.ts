import { expect, test } from 'vitest'
import { numberPolicy } from '../testing/numberPolicy.ts'
import type { TopicPolicy } from '../types.ts'
import { agreeOnTruth } from './agreeOnTruth.ts'

const policy: TopicPolicy = { ...numberPolicy, domain: [-100, 100], tolerance: 0.5, minReputers: 3, minStake: 10n }
const report = (reputer: string, value: number, stake: bigint) => ({ reputer, value, stake })

test('the agreed value is the capped lower weighted median in any order', () => {
  const reports = [report('a', 1, 10n), report('b', 1.2, 10n), report('c', 9, 10n)]
  expect(agreeOnTruth(policy, reports)).toEqual({ contested: false, truth: 1.2 })
  expect(agreeOnTruth(policy, reports.toReversed())).toEqual({ contested: false, truth: 1.2 })
})

test('an epoch is contested without quorum or majority', () => {
  expect(agreeOnTruth(policy, [report('a', 1, 90n)]).contested).toBe(true)
  expect(agreeOnTruth(policy, [report('a', 1, 10n), report('b', 3, 10n), report('c', 9, 10n)]).contested).toBe(true)
})

test('an event needs more than half of the stake', () => {
  const event: TopicPolicy = { ...policy, loss: 'brier', domain: [0, 1] }
  const reports = [report('a', 1, 10n), report('b', 1, 10n), report('c', 0, 20n)]
  expect(agreeOnTruth(event, reports).contested).toBe(true)
  expect(agreeOnTruth(event, [...reports, report('d', 1, 1n)])).toEqual({ contested: false, truth: 1 })
})
