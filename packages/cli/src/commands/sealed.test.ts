import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followedIo } from '../testing/liveRun.ts'
import { type Reputing, startReputing } from '../testing/startRain.ts'
import { easyPolicy, startTestNet, type TestNet } from '../testing/startTestNet.ts'
import { runWorker } from '../worker/runWorker.ts'

let net: TestNet
let reputing: Reputing

/** Blocks to commit in, and blocks to reveal in: enough for a restart in between on a busy machine. */
const COMMIT = 25
const REVEAL = 300

beforeAll(async () => {
  net = await startTestNet()
  const windows = {
    submissions: 'sealed',
    worker_commit_window: COMMIT,
    worker_reveal_window: REVEAL,
    truth_commit_window: COMMIT,
    truth_reveal_window: REVEAL,
    bond: '1000000',
  }
  writeFileSync(net.file('rain.json'), JSON.stringify({ ...easyPolicy, ...windows }))
  const truth = "export const truth = () => ({ value: 3, source: 'gauge', observedAt: '2024-08-09' })\n"
  writeFileSync(net.file('truth.mjs'), truth)
  writeFileSync(net.file('four.mjs'), 'export const predict = () => 4\n')
  const shape = ['--epoch-length', '330', '--window', String(COMMIT + REVEAL)]
  await net.json('topic', 'create', '--file', net.file('rain.json'), '--name', 'rain', ...shape, '--fund', '10')
  reputing = startReputing(net, net.file('truth.mjs'), '100')
})
afterAll(async () => {
  await reputing.stop()
  await net.close()
})

/** A worker that is stopped as soon as it has said something. */
async function workUntil(pattern: RegExp): Promise<void> {
  const stopping = new AbortController()
  const { io, said } = followedIo(net.env)
  const working = runWorker({
    io,
    json: false,
    debug: false,
    home: net.home,
    node: net.node.restUrl,
    rpc: net.node.rpcUrl,
    topic: 'rain',
    source: { model: net.file('four.mjs') },
    signer: {},
    journal: undefined,
    epochs: undefined,
    timeoutMs: undefined,
    stop: stopping.signal,
  })
  await Promise.race([said(pattern), working])
  stopping.abort()
  await working
}

describe('VT-2 a sealed topic', () => {
  it('is served by worker and reputer: they commit, wait and reveal, also across a restart in between', async () => {
    await workUntil(/sent a commitment to 4\.000 degrees/)
    const argv = ['worker', '--topic', '1', '--model', net.file('four.mjs'), '--epochs', '1']
    const { code, stdout, stderr } = await net.starling(argv)
    expect(code).toBe(0)
    expect(stderr).toMatch(/(sent|landed) before the restart, not sent again[\s\S]*sent its reveal/)
    expect(stdout).toMatch(/epoch \d+: loss 1, the network's 1/)
    expect(reputing.reputer.stderr).toMatch(/sent a commitment to the truth 3[\s\S]*sent its reveal/)
    const submitted = stderr.indexOf('sent a commitment')
    const verified = await net.json<{ status: string }>('verify', 'topic', 'rain', '--epoch', 'last')
    expect(verified).toMatchObject({ status: 'match', mismatches: [] })
    expect(submitted === -1 || submitted > stderr.indexOf('sent its reveal')).toBe(true)
  })
})
