import { clone, create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { reflect } from '@bufbuild/protobuf/reflect'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import type { ServedRecord } from '@starling/protocol/replay/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSettledNetwork } from '../app/testing/openSettledNetwork.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { placesOf } from './testing/placesOf.ts'
import { listServed } from './testing/replayTopic.ts'

const { state, voided, contested } = openSettledNetwork()
const topic = { id: 1n, policy: requireTopic(state, 1n).policy }
const all = listServed(state, 1n)

/** The served records with one changed place; with `rehashed` the chain's own hashes follow, as if it had agreed to it. */
function change(
  at: number,
  pick: number,
  rehashed: boolean,
): { readonly path: string; readonly served: ServedRecord[] } {
  const target = all[at]
  if (target === undefined) throw new Error('no such record')
  const record: EpochRecord = clone(EpochRecordSchema, target.record)
  const places = placesOf(reflect(EpochRecordSchema, record))
  const place = places[pick % places.length]
  if (place === undefined) throw new Error('a record without fields')
  place.flip()
  const bytes = toBinary(EpochRecordSchema, record)
  const read = fromBinary(EpochRecordSchema, bytes)
  const served = { ...target, record: read, bytes, ...(rehashed ? { hash: sha256(bytes) } : {}) }
  return { path: place.path, served: [...all.slice(0, at), served] }
}

const lastIndex = all.length - 1
const results =
  /^(status|reason|truth|truthLabel|unpaid|previous|previousNonce|state\w+|network|losses|logLosses|regrets|weights|scores|fractions|split|payouts|fullState)\b/

describe('SPEC QA-2 one flipped digit', () => {
  it('of any place of a record is noticed', () => {
    fc.assert(
      fc.property(fc.nat(lastIndex), fc.nat(), (at, pick) => {
        const { path, served } = change(at, pick, false)
        const fields = replayEpochs(topic, served).flatMap(({ mismatches }) => mismatches.map(({ field }) => field))
        expect(fields, path).toContain('hash')
      }),
      { numRuns: 200 },
    )
  })

  it('of any stored result is named, even where every hash agrees with it', () => {
    const named = new Set<string>()
    fc.assert(
      fc.property(fc.nat(lastIndex), fc.nat(), (at, pick) => {
        const { path, served } = change(at, pick, true)
        // A first record that names one before it is where a replay stands on: the reader then asks for that one.
        if (!results.test(path) || (at === 0 && path === 'previousNonce')) return
        const fields = replayEpochs(topic, served)
          .flatMap(({ mismatches }) => mismatches)
          .map(({ field }) => field)
        // A changed name moves what it names: then the place of the name is the mismatch.
        expect(fields, path).toContain(path)
        named.add(path.replace(/\[\d+\]/g, '[]'))
      }),
      { numRuns: 600 },
    )
    expect(named.size).toBeGreaterThan(30)
  })

  it('of an input that decides is noticed by what comes out of it', () => {
    const record = clone(EpochRecordSchema, all[all.length - 1]?.record ?? create(EpochRecordSchema))
    const inference = record.inferences[0]
    if (inference === undefined) throw new Error('no inference')
    inference.values[0] = (inference.values[0] ?? 0) * (1 + 2 ** -52)
    const bytes = toBinary(EpochRecordSchema, record)
    const last = all[all.length - 1]
    if (last === undefined) throw new Error('no record')
    const verified = replayEpochs(topic, [...all.slice(0, -1), { ...last, record, bytes, hash: sha256(bytes) }])
    expect(verified.at(-1)?.mismatches.map(({ field }) => field)).toContain('network.inferers[0].values[0]')
  })

  it('finds epochs of all three kinds', () => {
    const statusOf = (nonce: bigint) => all.find(({ record }) => record.nonce === nonce)?.record.status
    expect([statusOf(voided), statusOf(contested)]).toEqual(['void', 'contested'])
  })
})
