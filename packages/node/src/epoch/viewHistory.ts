import { create } from '@bufbuild/protobuf'
import type { Answer, HistoryGlance, SharesGlance } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { type GetHistoryResponse, GetHistoryResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { compareAddress } from '@starling/protocol/num/compareAddress'
import { truthOf } from '@starling/protocol/scoring/losses/lossesOfWays'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { StateReader } from '../app/context.ts'
import { glanceAtShares, glanceForHistory } from '../modules/rewards/readRecords.ts'
import { listRecordNonces, type RecordPage } from '../modules/rewards/view.ts'
import { getAnswer } from '../modules/synthesis/view.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

const NONE = Number.NaN

/** A page of a topic's closed epochs in columns; participants' shares in the answers only where they are wanted. */
export function viewHistory(
  state: StateReader,
  { id, policy }: StoredTopic,
  page: RecordPage,
  shares: boolean,
): GetHistoryResponse {
  const epochs = glanceForHistory(state, id, page)
  const answers = epochs.map(({ nonce }) => getAnswer(state, id, nonce))
  const outputs = epochs.reduce((most, { network }) => Math.max(most, network?.combined.length ?? 0), 0)
  const [oldest = 0n] = listRecordNonces(state, id, { after: 0n, limit: 1 })
  return create(GetHistoryResponseSchema, {
    oldest,
    nonces: epochs.map(({ nonce }) => nonce),
    statuses: epochs.map(({ status }) => status),
    outputs,
    answers: epochs.flatMap(({ network }) =>
      Array.from({ length: outputs }, (_, output) => network?.combined[output] ?? NONE),
    ),
    truths: epochs.map((epoch) => agreedTruth(policy, epoch)),
    losses: epochs.map(({ losses }) => losses?.combined ?? NONE),
    naiveLosses: epochs.map(({ losses }) => losses?.naive ?? NONE),
    intervals: intervalsOf(answers),
    shares: shares ? sharesOf(glanceAtShares(state, id, page)) : [],
  })
}

function agreedTruth(policy: TopicPolicy, epoch: HistoryGlance): number {
  if (epoch.truth === undefined && epoch.truthLabel === '') return NONE
  return truthOf(policy, epoch)
}

function intervalsOf(answers: readonly (Answer | undefined)[]): GetHistoryResponse['intervals'][number][] {
  const levels = answers.flatMap((answer) => answer?.intervals.map(({ level }) => level) ?? []).sort((a, b) => a - b)
  const each = levels.filter((level, i) => level !== levels[i - 1])
  return each.map((level) => {
    const found = answers.map((answer) => answer?.intervals.find((interval) => interval.level === level))
    return {
      $typeName: 'starling.v1.IntervalHistory',
      level,
      lower: found.map((interval) => interval?.lower ?? NONE),
      upper: found.map((interval) => interval?.upper ?? NONE),
    }
  })
}

function sharesOf(epochs: readonly SharesGlance[]): GetHistoryResponse['shares'][number][] {
  const named = epochs
    .flatMap(({ network }, at) => network?.weights.map(({ address, value }) => ({ address, value, at })) ?? [])
    .sort((a, b) => compareAddress(a.address, b.address))
  const shares: GetHistoryResponse['shares'][number][] = []
  for (const { address, value, at } of named) {
    let last = shares.at(-1)
    if (last?.address !== address) {
      last = { $typeName: 'starling.v1.ShareHistory', address, values: epochs.map(() => 0) }
      shares.push(last)
    }
    last.values[at] = value
  }
  return shares
}
