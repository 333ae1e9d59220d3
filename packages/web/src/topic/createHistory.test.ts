import { create } from '@bufbuild/protobuf'
import { type GetHistoryResponse, GetHistoryResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { createHistory, HISTORY_PAGE, type KnownHistory } from './createHistory.ts'

const L = 5
const WIDTH = HISTORY_PAGE * L

/** A node with closed epochs at these nonces, of which it answers so many at once. */
function openNode(nonces: number[], most: number = HISTORY_PAGE) {
  const asked: (readonly [number, number])[] = []
  const ask = async ({ after, until }: { after: bigint; until: bigint }): Promise<GetHistoryResponse> => {
    asked.push([Number(after), Number(until)])
    const page = nonces.filter((nonce) => nonce > after && nonce <= until).slice(0, most)
    return create(GetHistoryResponseSchema, {
      oldest: BigInt(nonces[0] ?? 0),
      nonces: page.map(BigInt),
      statuses: page.map(() => 'settled'),
    })
  }
  return { asked, ask, nonces }
}

/** A history of that node, and a way to wait until it has told that nothing is missing. */
function openHistory(node: ReturnType<typeof openNode>) {
  let last: KnownHistory | undefined
  let wake = (): void => undefined
  const tell = (known: KnownHistory): void => {
    last = known
    if (known.missing === 0 || known.error !== undefined) wake()
  }
  const history = createHistory({ ask: node.ask, epochLength: L, tell })
  const after = async (act: () => void): Promise<readonly number[]> => {
    const told = new Promise<void>((resolve) => {
      wake = resolve
    })
    act()
    await told
    return Array.from(last?.columns.nonces ?? [])
  }
  return { history, after, known: () => last }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.floor((to - from) / L) + 1 }, (_, i) => from + i * L)

it('loads the pages of what is wanted, the newest first, and each once', async () => {
  const node = openNode(range(L, 3 * WIDTH - L))
  const { history, after } = openHistory(node)
  const newest = 3 * WIDTH - L
  expect(await after(() => history.want({ from: newest - 20, to: newest, newest }))).toEqual(range(2 * WIDTH, newest))
  expect(await after(() => history.want({ from: WIDTH, to: newest, newest }))).toEqual(range(WIDTH, newest))
  expect(await after(() => history.want({ from: 0, to: newest, newest }))).toEqual(node.nonces)
  expect(node.asked).toEqual([2, 1, 0].map((page) => [page * WIDTH - 1, (page + 1) * WIDTH - 1]))
})

it('tells at once how many pages are to come', () => {
  const node = openNode(range(L, 3 * WIDTH - L))
  const { history, known } = openHistory(node)
  history.want({ from: 0, to: 3 * WIDTH - L, newest: 3 * WIDTH - L })
  expect(known()).toMatchObject({ missing: 3 })
  history.close()
})

it('goes on where a page came in parts', async () => {
  const node = openNode(range(L, 50 * L), 20)
  const { history, after } = openHistory(node)
  expect(await after(() => history.want({ from: L, to: 50 * L, newest: 50 * L }))).toEqual(node.nonces)
  expect(node.asked.map(([from]) => from)).toEqual([-1, 20 * L, 40 * L])
})

it('asks nothing of before the oldest that the node keeps', async () => {
  const node = openNode(range(2 * WIDTH, 3 * WIDTH - L))
  const { history, after, known } = openHistory(node)
  const newest = 3 * WIDTH - L
  expect(await after(() => history.want({ from: 0, to: newest, newest }))).toEqual(node.nonces)
  expect(node.asked.length).toBe(1)
  expect(known()?.oldest).toBe(2 * WIDTH)
})

it('finds epochs that have closed since, older ones than the newest among them', async () => {
  const node = openNode([...range(L, 40 * L), 43 * L])
  const { history, after } = openHistory(node)
  const newest = 45 * L
  await after(() => history.want({ from: 40 * L, to: 43 * L, newest }))
  node.nonces.splice(40, 0, 41 * L, 42 * L)
  node.nonces.push(44 * L)
  expect(await after(() => history.refresh())).toEqual(range(L, 44 * L))
})

it('shows no epochs beyond a gap, and forgets what is farthest beyond 131,072 of them', async () => {
  const node = openNode(range(L, 200 * WIDTH - L))
  const { history, after, known } = openHistory(node)
  const newest = 200 * WIDTH - L
  await after(() => history.want({ from: newest, to: newest, newest }))
  expect(await after(() => history.want({ from: 0, to: WIDTH - L, newest }))).toEqual(range(L, WIDTH - L))
  const all = await after(() => history.want({ from: 0, to: newest, newest }))
  expect([all.length, all.at(-1), known()?.missing]).toEqual([128 * HISTORY_PAGE, newest, 0])
})

it('says why it knows no more, and tries again when asked', async () => {
  const node = openNode(range(L, 5 * L))
  let isBroken = true
  const flaky = {
    ...node,
    ask: (asked: Parameters<typeof node.ask>[0]) => (isBroken ? Promise.reject(new Error('cut')) : node.ask(asked)),
  }
  const { history, after, known } = openHistory(flaky)
  await after(() => history.want({ from: L, to: 5 * L, newest: 5 * L }))
  expect(known()?.error?.message).toBe('cut')
  isBroken = false
  expect(await after(() => history.refresh())).toEqual(node.nonces)
  expect(known()?.error).toBeUndefined()
})
