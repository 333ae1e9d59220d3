import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AskedAnswer } from '../ask/runAsk.ts'
import { type Rain, rainPace, startRain } from '../testing/startRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'
import type { ShownTopic } from '../topic/showTopic.ts'

let net: TestNet
let rain: Rain
beforeAll(async () => {
  net = await startTestNet()
  rain = await startRain(net)
})
afterAll(async () => {
  await net.close()
})
afterEach(() => {
  vi.useRealTimers()
})

const ask = (...argv: readonly string[]) => net.json<AskedAnswer>('ask', 'rain', ...argv)
const mine = (blocks: number): void => {
  for (let i = 0; i < blocks; i++) net.node.engine.mine()
}

describe('ask', () => {
  it('ends with 4 where there is no answer yet, or no such topic', async () => {
    const early = await net.starling(['ask', 'rain', '--json'])
    expect([early.code, early.stdout]).toEqual([4, ''])
    expect(early.stderr).toMatch(/^Topic 1 has no answer yet: .* "starling topic show 1" shows where it stands\.\n$/)
    expect(await net.starling(['ask', '7'])).toMatchObject({ code: 4, stderr: expect.stringContaining('no topic 7') })
    expect(await net.starling(['ask', 'rain', '--max-age', '5m'])).toMatchObject({ code: 2 })
  })

  it('gives the answer in the shape that programs read, and in words', async () => {
    writeFileSync(net.file('seven.mjs'), 'export const predict = () => 7\n')
    const argv = ['worker', '--topic', 'rain', '--model', net.file('seven.mjs'), '--epochs', '3']
    expect((await net.starling(argv)).code).toBe(0)
    await rain.stop()
    net.node.engine.stop()
    const answer = await ask()
    const { hash } = net.node.engine.store.block(BigInt(answer.proof.height)) ?? {}
    expect(answer).toEqual({
      topic: 1,
      name: 'rain',
      unit: 'degrees',
      nonce: expect.any(Number),
      height: answer.nonce + rainPace.window,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      value: 7,
      spread: 0,
      contributors: 1,
      ageBlocks: answer.proof.height - answer.height,
      ageSeconds: expect.any(Number),
      intervals: [0.5, 0.8, 0.95].map((level) => ({
        level,
        lower: expect.any(Number),
        upper: expect.any(Number),
        coverage: expect.any(Number),
        epochs: answer.intervals[0]?.epochs,
      })),
      edge: { shown: false, eValue: expect.any(Number), n: expect.any(Number) },
      proof: {
        status: 'verified',
        height: Number(net.node.engine.status().height),
        hash: Buffer.from(hash ?? '')
          .toString('hex')
          .toUpperCase(),
        appHash: expect.stringMatching(/^[0-9A-F]{64}$/),
      },
    })
    expect(answer.intervals[0]?.epochs).toBeGreaterThan(0)
    for (const { lower = 8, upper = 6, coverage } of answer.intervals) {
      expect([lower <= 7, upper >= 7, coverage !== null && coverage >= 0 && coverage <= 1]).toEqual([true, true, true])
    }
    const { stdout } = await net.starling(['ask', '1'])
    expect(stdout).toMatch(/^rain \(topic 1\): 7 degrees\nspread 0 among 1 contributor\n/)
    expect(stdout).toMatch(/\n80 % interval \S+ … \S+ \(held \S+ % of \d+ answers?\)\n/)
    expect(stdout).toMatch(/\nedge: not shown \(e-value \S+ over \d+ epochs?\)\nnonce \d+, published by block/)
    expect(stdout).toMatch(/\nproof: verified at height \d+ \([0-9A-F]{16}…\)\n$/)
  })

  it('FL-37 tells the age of the answer itself, which grows while nobody answers', async () => {
    // What is submitted already is answered yet.
    mine(2 * rainPace.epochLength)
    const before = await ask()
    mine(5 * rainPace.epochLength)
    const after = await ask()
    expect({ ...after, ...unlike(before) }).toEqual(before)
    expect(after.ageBlocks).toBe(before.ageBlocks + 5 * rainPace.epochLength)
    expect(after.ageSeconds ?? 0).toBeGreaterThanOrEqual(before.ageSeconds ?? 0)
    const old = await net.starling(['ask', 'rain', '--json', '--max-age', String(after.ageBlocks - 1)])
    expect([old.code, old.stdout]).toEqual([4, ''])
    expect(old.stderr).toBe(
      `The newest answer of topic 1 (block ${after.height}) is ${after.ageBlocks} blocks old; --max-age allows ${after.ageBlocks - 1}.\n`,
    )
    expect((await net.starling(['ask', 'rain', '--max-age', String(after.ageBlocks)])).code).toBe(0)
  })

  it('FL-37 flags a time in the future, and takes a clock that is ahead as age', async () => {
    const { time } = await ask()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(time) - 3_600_000 })
    expect(await ask()).toMatchObject({ ageSeconds: null, ageReason: expect.stringContaining('3600 s in the future') })
    const { stdout } = await net.starling(['ask', 'rain'])
    expect(stdout).toContain("3600 s in the future of this machine's clock: check the clocks")
    const refused = await net.starling(['ask', 'rain', '--max-age', '100000s'])
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('its age in seconds is not known')])
    vi.setSystemTime(Date.parse(time) + 3_600_000)
    expect((await ask()).ageSeconds).toBe(3600)
    const old = await net.starling(['ask', 'rain', '--max-age', '30s'])
    expect([old.code, old.stderr]).toEqual([
      4,
      expect.stringMatching(/block, \d+, is 3\d{3} s old, more than the 30 s allowed/),
    ])
  })
})

type Contributors = { readonly needed: number; readonly contributors: readonly ContributorRow[] }
type ContributorRow = { readonly address: string; readonly present: number; readonly share: number }

describe('what a topic tells of its answers and of those who give them', () => {
  it('coverage, edge and baseline, with the topic and alone', async () => {
    const { calibration } = await net.json<ShownTopic>('topic', 'show', 'rain')
    expect(calibration.levels.map(({ level, epochs }) => [level, epochs])).toEqual(
      [0.5, 0.8, 0.95].map((level) => [level, calibration.epochs]),
    )
    expect(calibration).toMatchObject({ bins: [], edge: { shown: false }, baseline: { name: expect.any(String) } })
    expect(await net.json('query', 'calibration', 'rain')).toEqual({ topic: 1, ...calibration })
    const { stdout } = await net.starling(['topic', 'show', 'rain'])
    expect(stdout).toMatch(/pay: +contribution\n/)
    expect(stdout).toMatch(/\nhow right its answers were:\nLEVEL +COVERAGE +EPOCHS +HITS +MEAN WIDTH\n/)
    expect(stdout).toMatch(/\nbaseline: .*, mean loss \S+, the network's 16 over the last \d+ settled epochs?\n/)
    expect(stdout).toMatch(/\nedge: not shown \(e-value \S+ over \d+ epochs?\)\n/)
  })

  it('skill and share of everybody, and of one', async () => {
    const { contributors, needed } = await net.json<Contributors>('query', 'contributors', '1')
    const [worker] = contributors
    const address = worker?.address ?? ''
    expect([contributors.length, needed]).toEqual([1, 20])
    expect(worker).toMatchObject({ role: 'inferer', skill: 0, weight: 0, share: 0, missed: 0 })
    expect(await net.json('query', 'actor', '1', address)).toMatchObject({ inferer: worker, forecaster: null })
    const result = await net.json('query', 'result', '1', address)
    expect(result).toMatchObject({ address, topic: 1, skill: 0, weightInPay: 0, share: 0, present: worker?.present })
    const after = await net.json<Contributors>('query', 'contributors', '1', '--after', address)
    expect(after.contributors).toEqual([])
  })
})

describe('FL-01 windows', () => {
  it('show open and close heights that differ by the window of the topic', async () => {
    const { windows, height } = await net.json<ShownTopic>('query', 'topic', 'rain')
    expect(windows.length).toBeGreaterThan(0)
    for (const { nonce, workerOpen, workerClose, truthOpen, truthClose } of windows) {
      expect([workerOpen, workerClose - workerOpen]).toEqual([nonce, rainPace.window])
      expect([truthOpen - nonce, truthClose - truthOpen]).toEqual([rainPace.epochLength, rainPace.epochLength])
      expect(truthClose).toBeGreaterThanOrEqual(height)
    }
    const { stdout } = await net.starling(['topic', 'show', 'rain'])
    expect(stdout).toMatch(/NONCE +WORKER OPEN +WORKER CLOSE/)
    expect(stdout).toContain(`now at block ${height}; a submission counts in the blocks after "open"`)
  })
})

/** The fields that may differ between two asks. */
function unlike({ ageBlocks, ageSeconds, proof }: AskedAnswer): Partial<AskedAnswer> {
  return { ageBlocks, ageSeconds, proof }
}
