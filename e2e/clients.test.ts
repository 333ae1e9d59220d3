import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimPorts } from '@starling/cli/testing/claimPorts'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './harness/eventually.ts'
import { launch, run } from './harness/launch.ts'
import { createOwnTopic } from './harness/ownTopic.ts'
import { openScope, scoped } from './harness/scope.ts'
import { type Network, startNetwork, untilAnswer, untilHeight } from './harness/startNetwork.ts'

const SEED = 'clients'
const ALLO = 10n ** 18n
const shared = openScope()
let network: Network
beforeAll(async () => {
  network = await startNetwork(shared, { pace: 1, args: ['--seed', SEED] })
  await untilAnswer(network)
})
afterAll(() => shared.close())

/** The environment of somebody whose clock is wrong by so many hours. */
const wrongClock = (hours: number): Readonly<Record<string, string>> => {
  const source = `const now=Date.now;Date.now=()=>now()+${hours}*3600000`
  return { ...network.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(source)}` }
}

type Asked = {
  readonly height: number
  readonly time: string
  readonly ageBlocks: number
  readonly ageSeconds: number | null
}

describe('somebody who asks a network', () => {
  it(
    'gets the current answer with its age, spread and contributors',
    scoped(async (scope) => {
      const answer = await network.json(scope, 'ask', '1')
      expect(answer).toMatchObject({
        topic: 1,
        name: 'volatility',
        unit: 'percent',
        nonce: expect.any(Number),
        value: expect.any(Number),
        spread: expect.any(Number),
        contributors: expect.any(Number),
        ageSeconds: expect.any(Number),
        intervals: expect.any(Array),
        proof: {
          status: 'verified',
          hash: expect.stringMatching(/^[0-9A-F]{64}$/),
          appHash: expect.stringMatching(/^[0-9A-F]{64}$/),
        },
      })
      expect(answer).toHaveProperty('edge')
      const trend = await network.json<{ readonly values: Readonly<Record<string, number>> }>(scope, 'ask', 'trend')
      expect(Object.keys(trend.values)).toEqual(['down', 'flat', 'up'])
      const plain = await network.cli(scope, 'ask', '1')
      expect(plain).toMatchObject({ code: 0, stderr: '' })
      expect(plain.stdout).toMatch(
        /^volatility \(topic 1\): [0-9.]+ percent\nspread [0-9.]+ among [0-9]+ contributors\n/,
      )
    }),
  )

  it(
    'is told with exit code 4 that a topic is not there',
    scoped(async (scope) => {
      expect(await network.cli(scope, 'ask', '99')).toMatchObject({
        code: 4,
        stdout: '',
        stderr: 'There is no topic 99 on this chain. "starling topic list" shows those there are.\n',
      })
    }),
  )

  it(
    'is told with exit code 3 that nobody listens, and where a node is started',
    scoped(async (scope) => {
      const [port] = await claimPorts(1)
      const url = `http://127.0.0.1:${port}`
      const asked = [
        ['ask', 'volatility'],
        ['topic', 'list'],
        ['query', 'ledger'],
        ['tx', 'send', walletFromSeed(SEED, 'friend').address, '1'],
        ['worker', '--topic', '1', '--url', url],
      ]
      const ends = await Promise.all(asked.map((args) => run(scope, [...args, '--node', url], { env: network.env })))
      const stderr = `No node answers at ${url}. Start one with "npm start", or name another with --node.\n`
      for (const end of ends) expect(end).toMatchObject({ code: 3, stdout: '', stderr })
    }),
  )

  it(
    'sees topics, and pays for one',
    scoped(async (scope) => {
      const list = await network.json<readonly object[]>(scope, 'topic', 'list')
      expect(list).toMatchObject([
        { id: 1, name: 'volatility', active: true },
        { id: 2, name: 'risk' },
        { id: 3, name: 'trend' },
      ])
      const table = await network.cli(scope, 'topic', 'list')
      expect(table.stdout.split('\n').map((line) => line.trim().split(/\s+/)[1])).toEqual([
        'NAME',
        'volatility',
        'risk',
        'trend',
        undefined,
      ])
      type Shown = {
        readonly workerSubmissionWindow: number
        readonly windows: readonly { readonly workerOpen: number; readonly workerClose: number }[]
      }
      const shown = await network.json<Shown>(scope, 'topic', 'show', 'volatility')
      expect(shown).toMatchObject({ id: 1, policy: { loss: 'qlike' } })
      for (const { workerOpen, workerClose } of shown.windows)
        expect(workerClose - workerOpen).toBe(shown.workerSubmissionWindow)
      const dev = walletFromSeed(SEED, 'dev').address
      const before = await network.client.balanceUnverified(dev)
      const paid = await network.json<{ readonly hash: string; readonly amount: string }>(
        scope,
        'topic',
        'fund',
        '1',
        '5',
      )
      expect(BigInt(paid.amount)).toBe(5n * ALLO)
      const spent = before - (await network.client.balanceUnverified(dev))
      expect(spent >= 5n * ALLO && spent < 5n * ALLO + ALLO / 1000n).toBe(true)
      expect(await network.json(scope, 'tx', paid.hash)).toMatchObject({ hash: paid.hash, code: 0 })
      expect(await network.json(scope, 'tx', 'search', `message.sender='${dev}'`)).toMatchObject({
        txs: expect.arrayContaining([expect.objectContaining({ hash: paid.hash })]),
      })
    }),
  )

  it(
    'sends coins, backs a reputer, and is refused what cannot be, with the exit code of who refused',
    scoped(async (scope) => {
      const { client } = network
      const friend = walletFromSeed(SEED, 'friend').address
      const reputer = walletFromSeed(SEED, 'volatility/reputer/1').address
      await network.json(scope, 'tx', 'send', friend, '2.5')
      expect(await client.balanceUnverified(friend)).toBe((5n * ALLO) / 2n)
      const balance = await network.json(scope, 'query', 'balance', friend)
      expect(balance).toEqual({ address: friend, denom: 'uallo', amount: `${(5n * ALLO) / 2n}` })
      await network.json(scope, 'stake', 'delegate', '1', reputer, '7')
      type Stakes = { readonly stakes: readonly { readonly topic: number; readonly delegated: string }[] }
      const { stakes } = await network.json<Stakes>(scope, 'stake', 'show', reputer)
      expect(stakes).toMatchObject([{ topic: 1, reputer: true, delegated: `${7n * ALLO}` }])

      const [poor, more, noAmount, noAddress] = await Promise.all([
        network.cli(scope, 'tx', 'send', reputer, '3', '--from', 'friend'),
        network.cli(scope, 'stake', 'remove', '1', '1'),
        network.cli(scope, 'topic', 'fund', '1', '0'),
        network.cli(scope, 'stake', 'delegate', '1', 'allo1nobody', '1'),
      ])
      expect(poor).toMatchObject({ code: 5, stdout: '' })
      expect(poor.stderr).toMatch(/insufficient funds\. That is the account "friend", allo1/)
      expect(more).toMatchObject({ code: 2, stdout: '' })
      expect(more.stderr).toMatch(/^dev has 0 .* in topic 1, less than 1\.000000 ALLO\. Nothing was signed\.\n$/)
      expect([noAmount.code, noAddress.code]).toEqual([2, 2])
      expect(await client.balanceUnverified(friend)).toBe((5n * ALLO) / 2n)
    }),
  )

  it(
    'gets everything there is to query, as text and as JSON',
    scoped(async (scope) => {
      const worker = walletFromSeed(SEED, 'volatility/ewma').address
      await eventually('a settled epoch', () => network.client.epochUnverified(1n))
      const [ledger, epoch, actor, params, path] = await Promise.all([
        network.json<Record<'supply' | 'genesis' | 'minted' | 'burned' | 'balances', string>>(scope, 'query', 'ledger'),
        network.json(scope, 'query', 'epoch', '1', 'last'),
        network.json(scope, 'query', 'actor', '1', worker),
        network.json(scope, 'query', 'params'),
        network.json(scope, 'query', '/starling/v1/topics'),
      ])
      expect(BigInt(ledger.supply)).toBe(BigInt(ledger.genesis) + BigInt(ledger.minted) - BigInt(ledger.burned))
      expect(ledger.balances).toBe(ledger.supply)
      expect(epoch).toMatchObject({ status: 'settled' })
      expect(actor).toMatchObject({ address: worker, topic: 1, worker: true })
      expect(params).toMatchObject({ fees: expect.any(Object) })
      expect(path).toMatchObject({ topics: expect.any(Array) })
      const text = await network.cli(scope, 'query', 'topic', '1')
      expect(text).toMatchObject({ code: 0, stderr: '' })
      expect(text.stdout).toMatch(/volatility/)
    }),
  )

  it(
    'learns from the doctor that all is well, or what is not',
    scoped(async (scope) => {
      const healthy = await network.cli(scope, 'doctor')
      expect([healthy.code, healthy.stdout]).toEqual([0, expect.not.stringMatching(/^fail/m)])
      const [port] = await claimPorts(1)
      const ill = await run(scope, ['doctor', '--json'], {
        env: { ...network.env, STARLING_NODE: `http://127.0.0.1:${port}` },
      })
      expect([ill.code, ill.stderr]).toEqual([1, expect.stringMatching(/Unhealthy: 1 of \d+ checks failed\.\n$/)])
      expect(JSON.parse(ill.stdout)).toMatchObject({ healthy: false })
      const { findings } = JSON.parse(ill.stdout)
      expect(findings).toContainEqual(
        expect.objectContaining({
          check: 'REST server',
          status: 'fail',
          found: `nobody listens at http://127.0.0.1:${port}`,
        }),
      )
    }),
  )

  it(
    'FL-37 sees how old an answer is when no worker works any more, whatever the own clock says',
    scoped(async (scope) => {
      const topic = `${await createOwnTopic(network, 'wind', 4)}`
      const silent = await network.cli(scope, 'ask', topic)
      expect([silent.code, silent.stdout]).toEqual([4, ''])
      expect(silent.stderr).toMatch(/^Topic 4 has no answer yet: no worker has predicted in a closed window\./)

      const folder = scope.folder()
      writeFileSync(join(folder, 'last.mjs'), 'export const predict = () => 1\n')
      const worker = launch(scope, ['worker', '--topic', topic, '--model', './last.mjs'], {
        cwd: folder,
        env: network.env,
      })
      await worker.says(/: sent 1\.000 percent/)
      expect((await worker.stop()).code).toBe(0)
      const answered = await eventually('the answer', () => network.client.answerUnverified(BigInt(topic)))
      await untilHeight(network, answered.answer.height + 12n)
      const first = await network.json<Asked>(scope, 'ask', topic)
      await untilHeight(network, answered.answer.height + 14n)
      const second = await network.json<Asked>(scope, 'ask', topic)
      expect([second.height, second.time]).toEqual([first.height, first.time])
      expect(first.ageBlocks).toBeGreaterThanOrEqual(12)
      expect(second.ageBlocks).toBeGreaterThan(first.ageBlocks)
      expect(second.ageSeconds).toBeGreaterThan(first.ageSeconds ?? Number.POSITIVE_INFINITY)

      // The newest block is younger than half of that, also where blocks are slow.
      const seconds = Math.max(1, Math.floor((second.ageSeconds ?? 0) / 2))
      for (const limit of ['10', `${seconds}s`]) {
        const old = await network.cli(scope, 'ask', topic, '--max-age', limit)
        expect([old.code, old.stdout]).toEqual([4, ''])
        expect(old.stderr).toMatch(
          /^The newest answer of topic 4 \(block \d+\) is .*old.*; --max-age allows \d+( s)?\.\n$/,
        )
      }
      expect((await network.cli(scope, 'ask', topic, '--max-age', '100000')).code).toBe(0)

      const ahead = await run(scope, ['ask', topic, '--json'], { env: wrongClock(1) })
      expect(JSON.parse(ahead.stdout).ageSeconds).toBeGreaterThan(3600)
      const behind = await run(scope, ['ask', topic, '--json'], { env: wrongClock(-1) })
      expect([behind.code, behind.stdout]).toEqual([1, ''])
      expect(behind.stderr).toMatch(/ahead of this machine's clock, .*If this clock is behind, set it and try again\./)
    }),
  )
})
