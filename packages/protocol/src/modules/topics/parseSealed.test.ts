import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { TopicPolicySchema } from '../../gen/starling/v1/topics_pb.ts'
import { parsePolicy } from './parsePolicy.ts'

type Fields = MessageInitShape<typeof TopicPolicySchema>

const sealed: Fields = {
  submissions: 'sealed',
  loss: 'squared',
  domainLowest: '-1',
  domainHighest: '1',
  tolerance: '0.1',
  unit: 'percent',
  horizon: 'next day',
  resolution: 'the close',
  workerCommitWindow: 3n,
  workerRevealWindow: 2n,
  truthCommitWindow: 4n,
  truthRevealWindow: 1n,
}
const parse = (change: Fields) => parsePolicy(create(TopicPolicySchema, { ...sealed, ...change }))

describe('SPEC VT-2 the terms of sealed submissions', () => {
  it('are the four windows and the bond, 0.01 ALLO where nothing is said', () => {
    expect(parse({ bond: '5' })).toMatchObject({
      submissions: 'sealed',
      sealed: { workerCommit: 3n, workerReveal: 2n, truthCommit: 4n, truthReveal: 1n, bond: 5n },
    })
    expect(parse({}).sealed?.bond).toBe(10n ** 16n)
    expect(parse({ bond: '0' }).sealed?.bond).toBe(0n)
  })

  it.each<[string, Fields]>([
    ['worker_commit_window must be from 1 to 1000000 blocks, got "0"', { workerCommitWindow: 0n }],
    ['worker_reveal_window must be from 1 to 1000000 blocks, got "-1"', { workerRevealWindow: -1n }],
    ['truth_commit_window must be from 1 to 1000000 blocks, got "1000001"', { truthCommitWindow: 1_000_001n }],
    ['truth_reveal_window must be from 1 to 1000000 blocks, got "0"', { truthRevealWindow: 0n }],
    ['bond must be a whole number of uallo, got "0.5"', { bond: '0.5' }],
    ['submissions must be "plain" or "sealed", got "secret"', { submissions: 'secret' }],
  ])('%s', (message, change) => expect(() => parse(change)).toThrow(message))
})
