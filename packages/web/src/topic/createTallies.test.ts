import { create } from '@bufbuild/protobuf'
import { type GetTallyResponse, GetTallyResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { createTallies, TALLY_PART, type Tallies, type TallyRange } from './createTallies.ts'

const L = 5
const WIDTH = TALLY_PART * L

/** A node whose epochs close at each multiple of the epoch length, and sums over it. */
function openTallies(newest: number) {
  const asked: (readonly [number, number])[] = []
  const ask = async ({ after, until }: { after: bigint; until: bigint }): Promise<GetTallyResponse> => {
    asked.push([Number(after), Number(until)])
    const first = Math.floor(Number(after) / L) + 1
    const last = Math.floor(Math.min(Number(until), newest) / L)
    const epochs = Math.max(0, last - first + 1)
    return create(GetTallyResponseSchema, { last: BigInt(epochs === 0 ? 0 : last * L), epochs: BigInt(epochs) })
  }
  let told: Tallies | undefined
  let wake = (): void => undefined
  const source = createTallies({
    ask,
    epochLength: L,
    tell(tallies) {
      told = tallies
      if (tallies.missing === 0) wake()
    },
  })
  const sum = async (range: TallyRange): Promise<readonly number[]> => {
    const done = new Promise<void>((resolve) => {
      wake = resolve
    })
    source.sum(range)
    await done
    return told?.parts.map(({ tally }) => Number(tally.epochs)) ?? []
  }
  return { asked, sum, source }
}

it('sums exactly the epochs of a range, in parts', async () => {
  const { asked, sum } = openTallies(4 * WIDTH)
  const parts = await sum({ from: WIDTH - 2 * L, to: 3 * WIDTH + L, closed: 4 * WIDTH })
  expect(parts).toEqual([2, TALLY_PART, TALLY_PART, 2])
  expect(asked.toReversed()).toEqual([
    [WIDTH - 2 * L - 1, WIDTH - 1],
    [WIDTH - 1, 2 * WIDTH - 1],
    [2 * WIDTH - 1, 3 * WIDTH - 1],
    [3 * WIDTH - 1, 3 * WIDTH + L],
  ])
})

it('asks for whole parts once where nothing can change in them any more', async () => {
  const { asked, sum } = openTallies(4 * WIDTH)
  const range = { from: 0, to: 3 * WIDTH - 1, closed: 2 * WIDTH }
  await sum(range)
  asked.length = 0
  expect(await sum(range)).toEqual([TALLY_PART, TALLY_PART, TALLY_PART])
  expect(asked).toEqual([[2 * WIDTH - 1, 3 * WIDTH - 1]])
})

it('leaves off where another range is wanted', async () => {
  const { asked, sum, source } = openTallies(4 * WIDTH)
  source.sum({ from: 0, to: 4 * WIDTH - 1, closed: 4 * WIDTH })
  expect(await sum({ from: L, to: 2 * L, closed: 4 * WIDTH })).toEqual([2])
  expect(asked.length).toBe(2)
})
