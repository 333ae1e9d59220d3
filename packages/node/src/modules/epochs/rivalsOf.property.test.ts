import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openMemoryStore } from '../../store/openMemoryStore.ts'
import { setParams } from '../params/view.ts'
import type { StoredTopic } from '../topics/view.ts'
import { rivalsOf } from './rivalsOf.ts'
import { setScoreCount } from './view.ts'

const PLACES = 8
const base = { meritSortitionAlpha: '0.1', activeInfererQuantile: '0.25', activeForecasterQuantile: '0.25' }
const topic = { id: 1n, base, policy: { pay: 'contribution', memory: 100 } } as unknown as StoredTopic

type One = { readonly name: string; readonly rank: number; readonly isKnown: boolean }

function openState(all: readonly One[]) {
  const state = openMemoryStore(['params', 'epochs'])
  setParams(state, { ...mainnetParams, maxTopInferersToReward: BigInt(PLACES) })
  for (const { name, isKnown } of all) if (isKnown) setScoreCount(state, 'inferer', 1n, name, 5)
  return state
}

/** Who has a place in the end, where those of one list ask one after the other. */
function membersOf(all: readonly One[]): readonly One[] {
  const state = openState(all)
  let members: readonly One[] = []
  for (const one of all) {
    const asking = members.concat(one)
    const rivals = rivalsOf(state, { role: 'inferer', topic }, asking, ({ name }) => name)
    const least = rivals.reduce((low, other) => (other.rank < low.rank ? other : low))
    members = members.length < PLACES ? asking : asking.filter((other) => other !== least)
  }
  return members
}

const crowd = fc.array(fc.boolean(), { minLength: 1, maxLength: 24 }).chain((known) =>
  fc.shuffledSubarray(
    known.map((isKnown, i) => ({ name: `w${i}`, rank: (i * 7) % 29, isKnown })),
    { minLength: known.length },
  ),
)

describe('SPEC VT-2 VT-6 places, by whoever has to leave a full set', () => {
  it('are the same in whatever order they are asked for', () => {
    fc.assert(
      fc.property(crowd, (all) => {
        const sorted = all.toSorted((a, b) => a.rank - b.rank)
        const names = (list: readonly One[]) => list.map(({ name }) => name).sort()
        expect(names(membersOf(all))).toEqual(names(membersOf(sorted)))
      }),
    )
  })

  it('G12 are kept by the best known names but a quarter, however many new ones ask', () => {
    fc.assert(
      fc.property(crowd, (all) => {
        const members = membersOf(all.map((one) => (one.isKnown ? one : { ...one, rank: 100 + one.rank })))
        const known = all.filter(({ isKnown }) => isKnown).toSorted((a, b) => b.rank - a.rank)
        const held = members.filter(({ isKnown }) => isKnown)
        expect(held.map(({ name }) => name)).toEqual(expect.arrayContaining(known.slice(0, 6).map(({ name }) => name)))
      }),
    )
  })
})
