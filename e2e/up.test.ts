import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { storeNames } from '@starling/node/app/storeNames'
import { stateFormat } from '@starling/node/stateFormat'
import { openLmdbStore } from '@starling/node/store/openLmdbStore'
import { paramsKeys } from '@starling/protocol/modules/params/keys'
import { createClient } from '@starling/sdk/createClient'
import { closeServer, listen } from '@starling/sdk/testing/loopback'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './harness/eventually.ts'
import { fingerprint } from './harness/fingerprint.ts'
import { type Ended, launch, launchProgram, run, STARLING } from './harness/launch.ts'
import { readChain } from './harness/readChain.ts'
import { openScope, type Scope, scoped } from './harness/scope.ts'
import { type Network, startNetwork, untilAnswer, untilHeight } from './harness/startNetwork.ts'

const FREE = ['--rest-port', '0', '--rpc-port', '0', '--metrics-port', '0']
/** Runs `up` in a home folder for one epoch as fast as it goes, to its end. */
const upOnce = (scope: Scope, home: string, ...args: readonly string[]): Promise<Ended> =>
  run(scope, ['up', '--home', home, ...FREE, '--epochs', '1', '--exit', ...args])

const shared = openScope()
const grown = shared.folder()
beforeAll(async () => {
  const { code, stderr } = await upOnce(shared, grown, '--seed', 'one')
  if (code !== 0) throw new Error(stderr)
})
afterAll(() => shared.close())

/** A home folder with a network of seed "one" that has settled an epoch. */
function grownHome(scope: Scope): string {
  const home = scope.folder()
  cpSync(grown, home, { recursive: true })
  return home
}

/** Ends a process that is not ours to wait for. */
function endStranger(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

const namesOf = async ({ client }: Network) =>
  (await client.topicsUnverified()).map(({ topic }) => [topic?.base?.id, topic?.name])

describe('starling up, a network that one watches', () => {
  it(
    'answers soon, ends with a report at Ctrl-C, and goes on from there at the next start',
    scoped(async (scope) => {
      const began = Date.now()
      const first = await startNetwork(scope, { args: ['--seed', 'e2e', '--json'] })
      await untilAnswer(first)
      const seconds = (Date.now() - began) / 1000
      console.log(`first answer ${seconds.toFixed(1)} s after the command`)
      expect(seconds).toBeLessThan(30)
      const topics = await namesOf(first)
      expect(topics).toEqual([
        [1n, 'volatility'],
        [2n, 'risk'],
        [3n, 'trend'],
      ])
      const { code, signal, stdout, stderr } = await first.up.stop('SIGINT')
      expect([code, signal]).toEqual([0, null])
      expect(stderr).toContain(`Starting starling-local-1, seed e2e,\nin ${first.home}/local\n`)
      const report = JSON.parse(stdout)
      expect(report).toMatchObject({ chainId: 'starling-local-1', seed: 'e2e', supply: { conserved: true } })
      expect(report.stopped).toBe('SIGINT (Ctrl-C, or another process)')
      expect(stderr).toMatch(/\nStopped: SIGINT \(Ctrl-C, or another process\)\.\nThe network is kept in .*\n$/)

      const second = await startNetwork(scope, { after: first, args: ['--json'] })
      const next = BigInt(report.blocks) + 1n
      await untilHeight(second, next)
      expect((await readChain(second, next)).at(-1)?.appHash).toBe(report.appHash.toUpperCase())
      expect(await namesOf(second)).toEqual(topics)
      const again = await second.up.stop('SIGTERM')
      expect(again.code).toBe(0)
      const { blocks, topics: reported, stopped } = JSON.parse(again.stdout)
      expect(stopped).toBe('SIGTERM (another process asked it to end)')
      expect(blocks).toBeGreaterThanOrEqual(Number(next))
      for (const [i, { epochs }] of reported.entries()) expect(epochs).toBeGreaterThanOrEqual(report.topics[i].epochs)
    }),
  )

  it(
    'refuses another seed than the one it began with, and begins anew with --reset',
    scoped(async (scope) => {
      const home = grownHome(scope)
      const before = fingerprint(home)
      expect(await upOnce(scope, home, '--seed', 'two')).toMatchObject({
        code: 2,
        stdout: '',
        stderr: `The network in ${home}/local began with the seed "one", not "two". Leave --seed out to go on with it, or add --reset to begin anew.\n`,
      })
      expect(fingerprint(home)).toEqual(before)
      const anew = await upOnce(scope, home, '--seed', 'two', '--reset', '--json')
      expect(anew.code).toBe(0)
      const [first, second] = [anew, await upOnce(scope, home, '--json')].map(({ stdout }) => JSON.parse(stdout))
      expect(first).toMatchObject({ seed: 'two', supply: { conserved: true } })
      expect(second).toMatchObject({ seed: 'two', supply: { conserved: true } })
      expect(second.blocks).toBeGreaterThan(first.blocks)
    }),
  )

  it(
    'refuses a second process on the same home, also with --reset, and the first goes on',
    scoped(async (scope) => {
      const first = await startNetwork(scope, { home: grownHome(scope) })
      for (const args of [[], ['--reset']]) {
        const { code, stdout, stderr } = await upOnce(scope, first.home, ...args)
        expect([args, code, stdout]).toEqual([args, 3, ''])
        expect(stderr).toContain(
          `State directory is in use by process ${first.up.child.pid} (${first.home}/local/state/`,
        )
        expect(stderr).toMatch(/stop that node/)
        expect(stderr).not.toMatch(/\n\s+at /)
      }
      await untilHeight(first, (await first.client.height()) + 3n)
      expect((await first.up.stop()).code).toBe(0)
    }),
  )

  it(
    'may end and start again while a worker works, which waits and goes on',
    scoped(async (scope) => {
      const first = await startNetwork(scope, { home: grownHome(scope) })
      const cwd = scope.folder()
      writeFileSync(join(cwd, 'one.mjs'), 'export const predict = () => 1\n')
      const worker = launch(scope, ['worker', '--topic', '1', '--model', './one.mjs'], { cwd, env: first.env })
      await worker.says(/: sent a commitment to 1\.000 percent/)
      const { code, stderr } = await first.up.stop()
      expect(code).toBe(0)
      const said = worker.stderr().length
      const second = await startNetwork(scope, { after: first })
      await eventually('a submission to the second network', () =>
        worker.stderr().slice(said).includes(': sent a commitment to 1.000 percent') ? true : undefined,
      )
      expect((await worker.stop()).code).toBe(0)
      expect((await second.up.stop()).code).toBe(0)
      expect(stderr).not.toMatch(/fault|\n\s+at /)
    }),
  )

  it(
    'names a port that is taken, and the flag that chooses another',
    scoped(async (scope) => {
      const server = createServer()
      const { port } = new URL(await listen(server))
      scope.defer(() => closeServer(server))
      const flags = ['--rest-port', '--rpc-port', '--metrics-port']
      const ends = await Promise.all(flags.map((flag) => upOnce(scope, grownHome(scope), flag, port)))
      for (const [i, { code, stdout, stderr }] of ends.entries()) {
        expect([code, stdout]).toEqual([3, ''])
        expect(stderr).toContain(
          `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another port with ${flags[i]}.\n`,
        )
      }
    }),
  )

  it(
    'ends with its report when its terminal is closed, and goes on at the next start',
    scoped(async (scope) => {
      const home = grownHome(scope)
      const file = join(home, 'report.json')
      const starling = ['--pace', '1', ...FREE, '--home', home, '--report', file]
      const terminal = launchProgram(scope, { name: 'a terminal', file: 'python3' }, [
        fileURLToPath(new URL('harness/closeTerminal.py', import.meta.url)),
        'See it, checked in the browser',
        ...[process.execPath, STARLING, 'up', ...starling],
      ])
      expect(await terminal.ended).toMatchObject({ code: 0, stdout: 'signal 1\n' })
      const report = JSON.parse(readFileSync(file, 'utf8'))
      expect(report).toMatchObject({ supply: { conserved: true } })
      expect(report.stopped).toMatch(/^(SIGHUP \(its terminal was closed\)|nobody reads its stderr any more)$/)
      expect((await upOnce(scope, home)).code).toBe(0)
    }),
  )

  it(
    'goes on when whoever started it ends, and when its stdin does',
    scoped(async (scope) => {
      const home = grownHome(scope)
      const up = ['up', '--pace', '1', ...FREE, '--home', home].map((word) => `'${word}'`).join(' ')
      const log = join(home, 'up.log')
      const script = `'${process.execPath}' '${STARLING}' ${up} </dev/null >'${log}' 2>&1 & echo $!`
      const { code, stdout } = await launchProgram(scope, { name: 'sh', file: 'sh' }, ['-c', script]).ended
      expect(code).toBe(0)
      const pid = Number(stdout)
      scope.defer(() => endStranger(pid))
      const said = (pattern: RegExp) =>
        eventually(`${pattern}`, () => pattern.exec(readFileSync(log, 'utf8')) ?? undefined)
      const [, url = ''] = await said(/^REST (\S+),/m)
      const client = createClient({ url })
      scope.defer(() => client.close())
      const height = await client.height()
      await eventually('three more blocks', async () => ((await client.height()) >= height + 3n ? true : undefined))
      process.kill(pid, 'SIGTERM')
      await said(/\nStopped: SIGTERM \(another process asked it to end\)\.\nThe network is kept in .*\n$/)
    }),
  )

  it(
    'recovers after kill -9, and the chain goes on from what it had',
    scoped(async (scope) => {
      const first = await startNetwork(scope, { home: grownHome(scope), pace: 0.3 })
      const reached = await untilHeight(first, (await first.client.height()) + 20n)
      const before = await readChain(first, reached)
      expect(await first.up.stop('SIGKILL')).toMatchObject({ code: null, signal: 'SIGKILL' })
      const second = await startNetwork(scope, { after: first, pace: 0.3, args: ['--json'] })
      const after = await readChain(second, await untilHeight(second, reached + 10n))
      expect(after.slice(0, before.length)).toEqual(before)
      for (const [i, { lastHash }] of after.entries()) if (i > 0) expect(lastHash).toBe(after[i - 1]?.hash)
      const { code, stdout } = await second.up.stop()
      expect([code, JSON.parse(stdout).supply.conserved]).toEqual([0, true])
    }),
  )
})

/** Damages a file of a network. */
type Damage = (local: string) => void
const shorten =
  (path: string): Damage =>
  (local) => {
    const file = join(local, path)
    writeFileSync(file, readFileSync(file).subarray(0, 8192))
  }
const overwrite =
  (path: string): Damage =>
  (local) => {
    const file = join(local, path)
    writeFileSync(file, Buffer.alloc(readFileSync(file).length, 'x'))
  }
/** The state of somebody else in its place. */
const exchange =
  (identity: { readonly chainId: string; readonly formatVersion: number }): Damage =>
  (local) => {
    const path = join(local, 'state')
    rmSync(path, { recursive: true })
    openLmdbStore({ path, names: ['bank'], ...identity }).close()
  }

/** The parameters as a release has written them that knew only the first of them. */
const forgetParams: Damage = (local) => {
  const identity = { names: storeNames, chainId: 'starling-local-1', formatVersion: stateFormat }
  const stores = openLmdbStore({ path: join(local, 'state'), ...identity })
  const params = stores.store('params').get(paramsKeys.params())
  // Its first field is its version, of which the second byte is the length.
  stores.store('params').put(paramsKeys.params(), params?.subarray(0, 2 + (params[1] ?? 0)) ?? new Uint8Array())
  stores.commit(stores.latest().version + 1n)
  stores.close()
}

const damages: readonly (readonly [what: string, reason: RegExp, damage: Damage])[] = [
  ['a shortened state file', /is damaged: its data\.mdb has \d+ bytes, expected at least/, shorten('state/data.mdb')],
  ['a state file that is no database', /is damaged: its data\.mdb is not an LMDB file/, overwrite('state/data.mdb')],
  ['a lost state file', /is damaged: its data\.mdb is missing/, (local) => rmSync(join(local, 'state/data.mdb'))],
  ['a shortened block file', /blocks.*is damaged: its blocks\.mdb has \d+ bytes/, shorten('blocks/blocks.mdb')],
  [
    'a block file that is no database',
    /blocks.*is damaged: its blocks\.mdb is not an LMDB file/,
    overwrite('blocks/blocks.mdb'),
  ],
  [
    'the state of another chain',
    /belongs to chain 'other-1', expected 'starling-local-1'/,
    exchange({ chainId: 'other-1', formatVersion: 1 }),
  ],
  [
    'the state of another version',
    /has format version 99, expected [0-9]+/,
    exchange({ chainId: 'starling-local-1', formatVersion: 99 }),
  ],
  [
    'a state without parameters that came later',
    /has other parameters than this release \(params\): .*; a local network begins anew with --reset\./,
    forgetParams,
  ],
  [
    'a damaged note of its seed',
    /network\.json is damaged/,
    (local) => writeFileSync(join(local, 'network.json'), '{"seed":'),
  ],
]

describe.concurrent('starling up on a network that is not as it should be', () => {
  it.for(damages)('refuses %s and leaves it as it is', ([, reason, damage], { expect }) =>
    scoped(async (scope) => {
      const home = grownHome(scope)
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
