import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { openLmdbStore } from '@starling/node/store/openLmdbStore'
import { closeServer, listen } from '@starling/sdk/testing/loopback'
import { describe, expect, it } from 'vitest'
import { fingerprint } from './harness/fingerprint.ts'
import { run } from './harness/launch.ts'
import { readChain } from './harness/readChain.ts'
import { type Scope, scoped } from './harness/scope.ts'
import { startNetwork, untilAnswer, untilHeight } from './harness/startNetwork.ts'

const FREE = ['--rest-port', '0', '--rpc-port', '0', '--metrics-port', '0']
/** Runs `up` in a home folder for one epoch as fast as it goes, to its end. */
const upOnce = (scope: Scope, home: string, ...args: readonly string[]) =>
  run(scope, ['up', '--home', home, ...FREE, '--epochs', '1', '--exit', ...args])

describe('starling up, a network that one watches', () => {
  it(
    'answers soon after the command, ends with a report at Ctrl-C, and goes on from there at the next start',
    scoped(async (scope) => {
      const began = Date.now()
      const first = await startNetwork(scope, { pace: 0.3, args: ['--seed', 'e2e', '--json'] })
      await untilAnswer(first)
      const seconds = (Date.now() - began) / 1000
      console.log(`first answer ${seconds.toFixed(1)} s after the command`)
      expect(seconds).toBeLessThan(30)
      const topics = (await first.client.topics()).map(({ topic }) => [topic?.base?.id, topic?.name])
      expect(topics).toEqual([
        [1n, 'volatility'],
        [2n, 'risk'],
        [3n, 'trend'],
      ])
      const { code, signal, stdout, stderr } = await first.up.stop('SIGINT')
      expect([code, signal]).toEqual([0, null])
      expect(stderr).toContain(`Starting starling-local-1 in ${first.home}/local, seed e2e\n`)
      const report = JSON.parse(stdout)
      expect(report).toMatchObject({ chainId: 'starling-local-1', seed: 'e2e', supply: { conserved: true } })

      const second = await startNetwork(scope, { home: first.home, pace: 0.3, args: ['--json'] })
      await untilHeight(second, BigInt(report.blocks) + 5n)
      const chain = await readChain(second, BigInt(report.blocks) + 1n)
      expect(chain.at(-1)?.appHash).toBe(report.appHash.toUpperCase())
      expect((await second.client.topics()).map(({ topic }) => [topic?.base?.id, topic?.name])).toEqual(topics)
      const again = await second.up.stop('SIGTERM')
      expect(again.code).toBe(0)
      expect(JSON.parse(again.stdout).topics.map(({ epochs }: { epochs: number }) => epochs)).toSatisfy(
        (epochs: readonly number[]) => epochs.every((count, i) => count >= report.topics[i].epochs),
      )
    }),
  )

  it(
    'refuses another seed than the one it began with, and begins anew with --reset',
    scoped(async (scope) => {
      const home = scope.folder()
      expect((await upOnce(scope, home, '--seed', 'one')).code).toBe(0)
      const before = fingerprint(home)
      const other = await upOnce(scope, home, '--seed', 'two')
      expect(other).toMatchObject({ code: 2, stdout: '' })
      expect(other.stderr).toBe(
        `The network in ${home}/local began with the seed "one", not "two". Leave --seed out to go on with it, or add --reset to begin anew.\n`,
      )
      expect(fingerprint(home)).toEqual(before)
      const anew = await upOnce(scope, home, '--seed', 'two', '--reset', '--json')
      expect(anew.code).toBe(0)
      expect(JSON.parse(anew.stdout)).toMatchObject({
        seed: 'two',
        topics: [{ epochs: 1 }, { epochs: 1 }, { epochs: 1 }],
      })
    }),
  )

  it(
    'refuses a second process on the same home, also with --reset, and the first goes on',
    scoped(async (scope) => {
      const first = await startNetwork(scope, { pace: 1 })
      for (const args of [[], ['--reset']]) {
        const second = await upOnce(scope, first.home, ...args)
        expect(second).toMatchObject({ code: 3, stdout: '' })
        expect(second.stderr).toContain(
          `State directory is in use by process ${first.up.child.pid} (${first.home}/local/state/`,
        )
        expect(second.stderr).toMatch(/stop that node/)
        expect(second.stderr).not.toMatch(/\n\s+at /)
      }
      await untilHeight(first, (await first.client.height()) + 3n)
      expect((await first.up.stop()).code).toBe(0)
      expect((await upOnce(scope, first.home)).code).toBe(0)
    }),
  )

  it(
    'names a port that is taken, and the flag that chooses another',
    scoped(async (scope) => {
      const server = createServer()
      const { port } = new URL(await listen(server))
      scope.defer(() => closeServer(server))
      for (const flag of ['--rest-port', '--rpc-port', '--metrics-port']) {
        const { code, stdout, stderr } = await upOnce(scope, scope.folder(), flag, port)
        expect([flag, code, stdout]).toEqual([flag, 3, ''])
        expect(stderr).toContain(
          `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another port with ${flag}.\n`,
        )
      }
    }),
  )

  it(
    'recovers after kill -9, and the chain goes on from what it had',
    scoped(async (scope) => {
      const first = await startNetwork(scope, { pace: 0.3 })
      await untilAnswer(first)
      const reached = await untilHeight(first, 20n)
      const before = await readChain(first, reached)
      expect(await first.up.stop('SIGKILL')).toMatchObject({ code: null, signal: 'SIGKILL' })
      const second = await startNetwork(scope, { home: first.home, pace: 0.3, args: ['--json'] })
      const after = await readChain(second, await untilHeight(second, reached + 10n))
      expect(after.slice(0, before.length)).toEqual(before)
      for (const [i, { lastHash }] of after.entries()) if (i > 0) expect(lastHash).toBe(after[i - 1]?.hash)
      const { code, stdout } = await second.up.stop()
      expect([code, JSON.parse(stdout).supply.conserved]).toEqual([0, true])
    }),
  )
})

describe('starling up on a state that is not as it should be', () => {
  const spoil: readonly (readonly [string, RegExp, (local: string) => void])[] = [
    [
      'a shortened state file',
      /is damaged: its data\.mdb has \d+ bytes, expected at least/,
      (local) => {
        const file = join(local, 'state/data.mdb')
        writeFileSync(file, readFileSync(file).subarray(0, 8192))
      },
    ],
    [
      'a state file that is no database',
      /is damaged: its data\.mdb is not an LMDB file/,
      (local) => {
        const file = join(local, 'state/data.mdb')
        writeFileSync(file, Buffer.alloc(readFileSync(file).length, 'x'))
      },
    ],
    ['a lost state file', /is damaged: its data\.mdb is missing/, (local) => rmSync(join(local, 'state/data.mdb'))],
    [
      'a shortened block file',
      /blocks.*damaged/,
      (local) => {
        const file = join(local, 'blocks/blocks.mdb')
        writeFileSync(file, readFileSync(file).subarray(0, 8192))
      },
    ],
    [
      'a block file that is no database',
      /blocks.*damaged/,
      (local) => {
        const file = join(local, 'blocks/blocks.mdb')
        writeFileSync(file, Buffer.alloc(readFileSync(file).length, 'x'))
      },
    ],
    [
      'the state of another chain',
      /belongs to chain 'other-1', expected 'starling-local-1'/,
      (local) => {
        rmSync(join(local, 'state'), { recursive: true })
        openLmdbStore({ path: join(local, 'state'), names: ['bank'], chainId: 'other-1', formatVersion: 1 }).close()
      },
    ],
    [
      'the state of another version',
      /has format version 99, expected 1/,
      (local) => {
        rmSync(join(local, 'state'), { recursive: true })
        const identity = { names: ['bank'], chainId: 'starling-local-1', formatVersion: 99 }
        openLmdbStore({ path: join(local, 'state'), ...identity }).close()
      },
    ],
    [
      'a damaged note of its seed',
      /network\.json is damaged/,
      (local) => writeFileSync(join(local, 'network.json'), '{"seed":'),
    ],
  ]

  it.each(spoil)('refuses %s and leaves it as it is', (_, reason, damage) =>
    scoped(async (scope) => {
      const home = scope.folder()
      expect((await upOnce(scope, home)).code).toBe(0)
      damage(join(home, 'local'))
      const before = fingerprint(home)
      const { code, signal, stdout, stderr } = await upOnce(scope, home)
      expect([code, signal, stdout]).toEqual([3, null, ''])
      expect(stderr).toMatch(reason)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(fingerprint(home)).toEqual(before)
    })(),
  )
})
