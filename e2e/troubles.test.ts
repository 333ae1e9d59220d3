import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDropProxy } from '@starling/sdk/testing/dropProxy'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { eventually } from './harness/eventually.ts'
import { type Launched, launch } from './harness/launch.ts'
import { createOwnTopic } from './harness/ownTopic.ts'
import { openScope, type Scope, scoped } from './harness/scope.ts'
import { type Network, startNetwork, untilHeight } from './harness/startNetwork.ts'
import { submissionsOf } from './harness/submissions.ts'
import { startTcpProxy } from './harness/tcpProxy.ts'

const SEED = 'troubles'
/** Blocks of an epoch, and of its window, of the topic that the workers here work on. */
const EPOCH = 16n
const shared = openScope()
let network: Network
let topic = ''
beforeAll(async () => {
  network = await startNetwork(shared, { pace: 1, args: ['--seed', SEED] })
  topic = `${await createOwnTopic(network, 'rain', Number(EPOCH))}`
  // One after the other, as all are sent by one account.
  for (const name of ['cut-off', 'lost-reply', 'lost-request', 'crowded']) {
    await network.json(shared, 'tx', 'send', addressOf(name), '50')
  }
})
afterAll(() => shared.close())

/** Starts a worker whose model always says 1. */
function startOwn(scope: Scope, args: readonly string[], env: Readonly<Record<string, string>> = {}): Launched {
  const folder = scope.folder()
  writeFileSync(join(folder, 'one.mjs'), 'export const predict = () => 1\n')
  const all = ['worker', '--topic', topic, '--model', './one.mjs', ...args]
  return launch(scope, all, { cwd: folder, env: { ...network.env, ...env } })
}

const addressOf = (name: string): string => walletFromSeed(SEED, name).address

/** Waits until a worker has a submission for a nonce from `from` on in a block. */
async function untilSubmitted(address: string, from: bigint): Promise<bigint> {
  return eventually(
    `a submission of ${address} for ${from} or later`,
    async () => (await submissionsOf(network, address)).find(({ nonce }) => nonce >= from)?.nonce,
  )
}

/** Nonces of the topic's epochs from one to another. */
const noncesOf = (first: bigint, last: bigint): readonly bigint[] =>
  Array.from({ length: Number((last - first) / EPOCH) + 1 }, (_, i) => first + BigInt(i) * EPOCH)

describe.concurrent('troubles from the field, with real processes', () => {
  it('FL-17 a worker warns while money remains, waits without it, and resumes after a top-up', ({ expect }) =>
    scoped(async (scope) => {
      const env = { STARLING_HOME: scope.folder(), STARLING_PASSPHRASE: 'correct horse' }
      const cwd = scope.folder()
      const key = await launch(scope, ['keys', 'add', 'poor', '--json'], { cwd, env: { ...network.env, ...env } }).ended
      const { address } = JSON.parse(key.stdout)
      const send = (uallo: bigint) => network.json(scope, 'tx', 'send', address, `${uallo}uallo`)
      const needed = (of: RegExpExecArray): bigint => BigInt(of[1] ?? '')
      const worker = startOwn(scope, ['--key', 'poor'], env)

      const entry = /registration as worker: insufficient funds\. \S+ has 0uallo and needs (\d+)uallo; send it/
      // Fees differ by a few bytes from one height to another.
      await send((11n * needed(await worker.says(entry))) / 10n)
      await worker.says(/is registered as worker/)
      const cost = needed(
        await worker.says(/epoch \d+: insufficient funds\. \S+ has \d+uallo and needs (\d+)uallo; send it/),
      )
      await send((32n * cost) / 10n)
      await worker.says(new RegExp(`${address} has fees for about 2 more submissions; send it uallo\\.`))
      await worker.says(/about 2 more[\s\S]*about 0 more submissions/)
      const before = await eventually('the last submission that it can pay for', async () => {
        const all = await submissionsOf(network, address)
        return all.length === 3 ? all.at(-1)?.nonce : undefined
      })
      const account = await network.client.accountUnverified(address)
      const poor = await worker.says(
        /about 2 more[\s\S]*about 0 more[\s\S]*?epoch (\d+): insufficient funds[\s\S]*?epoch (\d+): insufficient funds/,
      )
      expect(poor.slice(1, 3).map(BigInt)).toEqual([before + EPOCH, before + 2n * EPOCH])
      expect(await network.client.accountUnverified(address)).toEqual(account)
      await send(10n * cost)
      await worker.says(/has funds again/)
      const { length } = await eventually('a submission after the top-up', async () => {
        const all = await submissionsOf(network, address)
        return all.length > 3 ? all : undefined
      })
      expect(length).toBe(4)
      expect(await untilSubmitted(address, before + 1n)).toBeLessThanOrEqual(before + 3n * EPOCH)
      expect((await worker.stop()).code).toBe(0)
    })())

  it('FL-31 a worker whose line is cut while a window opens finds it afterwards, and misses none', ({ expect }) =>
    scoped(async (scope) => {
      const address = addressOf('cut-off')
      const [rest, rpc] = await Promise.all([network.url, network.rpc].map((url) => startTcpProxy(scope, url)))
      if (rest === undefined || rpc === undefined) throw new Error('two proxies were started')
      const worker = startOwn(scope, ['--from', 'cut-off', '--node', rest.url, '--rpc', rpc.url])
      const first = await untilSubmitted(address, 0n)
      await untilHeight(network, first + EPOCH - 3n)
      for (const line of [rest, rpc]) line.cut()
      // The next window has opened three blocks ago.
      await untilHeight(network, first + EPOCH + 3n)
      for (const line of [rest, rpc]) line.mend()
      const last = await untilSubmitted(address, first + 2n * EPOCH)
      expect((await submissionsOf(network, address)).map(({ nonce }) => nonce)).toEqual(noncesOf(first, last))
      expect((await worker.stop()).code).toBe(0)
    })())

  it.for([
    ['reply', 1000],
    ['request', 3],
  ] as const)(
    'FL-09 each submission lands exactly once where a proxy loses each %s to a broadcast',
    ([drop, times], { expect }) =>
      scoped(async (scope) => {
        const name = `lost-${drop}`
        const address = addressOf(name)
        const proxy = await startDropProxy({ target: network.url, drop, times })
        scope.defer(() => proxy.close())
        // Coins come on another way, so that the broadcasts that get lost are the worker's own.
        await network.json(scope, 'tx', 'send', address, '50')
        const worker = startOwn(scope, ['--from', name, '--node', proxy.url])
        const first = await untilSubmitted(address, 0n)
        const last = await untilSubmitted(address, first + 2n * EPOCH)
        const { code } = await worker.stop()
        expect(code).toBe(0)
        expect(proxy.broadcasts.length).toBeGreaterThan(drop === 'reply' ? 3 : times)
        const submissions = await submissionsOf(network, address)
        expect(submissions.map(({ nonce }) => nonce)).toEqual(noncesOf(first, last))
        // One more is the registration.
        expect((await network.client.accountUnverified(address))?.sequence).toBe(BigInt(submissions.length) + 1n)
      })(),
  )

  it('FL-29 several processes that send from one account lose nothing and double nothing', ({ expect }) =>
    scoped(async (scope) => {
      const { client } = network
      const [from, to] = [addressOf('crowded'), addressOf('recipient')]
      const sequence = (await client.accountUnverified(from))?.sequence ?? 0n
      const sends = Array.from({ length: 6 }, (_, i) =>
        network.cli(scope, 'tx', 'send', to, `${i + 1}uallo`, '--from', 'crowded', '--json'),
      )
      const ends = await Promise.all(sends)
      const landed = ends.filter(({ code }) => code === 0)
      for (const { code, stderr } of ends) {
        if (code !== 0) expect([code, stderr]).toEqual([5, expect.stringMatching(/expected \d+, got \d+/)])
      }
      const amounts = landed.map(({ stdout }) => BigInt(JSON.parse(stdout).amount))
      expect(landed.length).toBeGreaterThan(0)
      expect((await client.accountUnverified(from))?.sequence).toBe(sequence + BigInt(landed.length))
      expect(await client.balanceUnverified(to)).toBe(amounts.reduce((sum, amount) => sum + amount, 0n))
    })())
})
