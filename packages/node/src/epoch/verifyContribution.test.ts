import { clone, fromBinary, toBinary } from '@bufbuild/protobuf'
import { reflect } from '@bufbuild/protobuf/reflect'
import { toHex } from '@starling/protocol/bytes/hex'
import { sha256 } from '@starling/protocol/crypto/sha256'
import {
  type Answer,
  AnswerSchema,
  type EpochRecord,
  EpochRecordSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import type { ServedRecord } from '@starling/protocol/replay/types'
import { verifyEpoch } from '@starling/protocol/replay/verifyEpoch'
import { describe, expect, it } from 'vitest'
import { openContributionTopic } from '../app/testing/openContributionTopic.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { placesOf } from './testing/placesOf.ts'
import { listServed } from './testing/replayTopic.ts'

const network = openContributionTopic(24)
const { stores } = network.chain
const topic = { id: 1n, policy: requireTopic(stores, 1n).policy }
const all = listServed(stores, 1n)
const [previous, last] = all.slice(-2)
if (previous === undefined || last === undefined) throw new Error('too few records')
const replayed = replayEpochs(topic, all.slice(0, -1))
const states = new Map(replayed.map(({ stateAfter }) => [toHex(sha256(stateAfter)), stateAfter]))
const before = replayed.at(-1)?.stateAfter ?? new Uint8Array()
const lastAnswer = previous.answer?.values

/** Fields that a replay finds wrong where the last record is another one, of which the chain keeps the hash. */
function wrongIn(changes: Partial<ServedRecord>): readonly string[] {
  const served = { ...last, ...changes } as ServedRecord
  const { mismatches } = verifyEpoch({ topic, served, previous, states, before, lastAnswer })
  return mismatches.map(({ field }) => field)
}

function answerOf(): Answer {
  if (last?.answer === undefined) throw new Error('no answer')
  return last.answer
}

/** The last record after a change, as it would be served. */
function changed(change: (record: EpochRecord) => void): Partial<ServedRecord> {
  const record = clone(EpochRecordSchema, (last as ServedRecord).record)
  change(record)
  const bytes = toBinary(EpochRecordSchema, record)
  return { record: fromBinary(EpochRecordSchema, bytes), bytes, hash: sha256(bytes) }
}

describe('SPEC QA-2, VT-6, VT-7, VT-10 a topic with all of the rules', () => {
  it('is what a replay gives: pay by contribution, answers by the tower, intervals, and the edge', () => {
    expect(topic.policy).toMatchObject({ pay: 'contribution', synthesis: 'tower', intervals: 'conformal' })
    expect(replayEpochs(topic, all).flatMap(({ mismatches }) => mismatches)).toEqual([])
    expect(wrongIn({})).toEqual([])
    const { record, answer } = last
    expect(record.payouts.length).toBe(5)
    expect(record.contribution?.baselines).toHaveLength(5)
    expect(record.contribution?.inferers.filter(({ share }) => share > 0).length).toBeGreaterThan(1)
    expect(record.contribution?.forecasters).toHaveLength(1)
    expect(record.unrevealed?.inferers).toEqual([network.careless.address])
    expect(answer?.intervals).toHaveLength(3)
    expect(answer?.edge?.n).toBe(21n)
  })

  const contributed = placesOf(reflect(EpochRecordSchema, last.record)).map(({ path }) => path)
  it.each(contributed.filter((path) => path.startsWith('contribution.')))('names a changed %s', (path) => {
    const served = changed((record) =>
      placesOf(reflect(EpochRecordSchema, record))
        .find((place) => place.path === path)
        ?.flip(),
    )
    expect(wrongIn(served)).toEqual([path])
  })

  const answered = placesOf(reflect(AnswerSchema, answerOf())).map(({ path }) => path)
  it.each(answered)('names a changed answer.%s', (path) => {
    const answer = clone(AnswerSchema, answerOf())
    placesOf(reflect(AnswerSchema, answer))
      .find((place) => place.path === path)
      ?.flip()
    expect(wrongIn({ answer })).toContain(`answer.${path}`)
  })

  it('names the parts that are left out, and those that are made up', () => {
    expect(wrongIn(changed((record) => delete record.contribution))).toContain('contribution.bound')
    const twice = changed(({ contribution }) => contribution?.forecasters.push(...contribution.forecasters))
    expect(wrongIn(twice)).toContain('contribution.forecasters[1].skill')
  })

  it('notices inputs that were changed by what comes out of them', () => {
    const other = changed((record) => {
      record.lastAnswer = record.lastAnswer.map((value) => value + 1)
    })
    expect(wrongIn(other)).toEqual(expect.arrayContaining(['lastAnswer', 'contribution.baselines[4].values[0]']))
    expect(wrongIn(changed((record) => delete record.unrevealed))).toContain('stateAfter')
    const pot = changed((record) => {
      record.pot = (BigInt(record.pot) * 2n).toString()
    })
    expect(wrongIn(pot)).toContain('payouts[0].amount')
  })
})
