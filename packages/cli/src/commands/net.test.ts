import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { COMET_VERSION } from '@starling/node/engine/cometbft/cometVersion'
import { describe, expect, it } from 'vitest'
import { netDirectory, nodePaths } from '../net/netPaths.ts'
import { runnerFile } from '../net/netRunner.ts'
import { openNet } from '../net/openNet.ts'
import { writePidFile } from '../net/pidFile.ts'
import { tempHome } from '../net/testing/tempHome.ts'
import { liveRun } from '../testing/liveRun.ts'
import { type Ran, runWith } from '../testing/testIo.ts'

const net = (home: string, ...argv: readonly string[]): Promise<Ran> =>
  runWith(['net', ...argv], { env: { STARLING_HOME: home, PATH: '' } })

const wishes = { seed: 'demo', restPort: 0, rpcPort: 0, blockTimeMs: undefined, logLevel: undefined, reset: false }

describe('starling net', () => {
  it.each([
    ['--validators 0', ['up', '--validators', '0'], '--validators must be a whole number from 1 to 7, got "0".'],
    ['--late x', ['up', '--late', 'x'], '--late must be numbers of nodes such as 4 or 3,4, got "x".'],
    ['--log-level', ['up', '--log-level', 'a"b'], '--log-level must be like info or consensus:debug,*:error'],
    ['a node that is no number', ['kill', 'two'], 'The node must be its number, from 1, got "two".'],
  ])('refuses %s', async (_, argv, sentence) => {
    const { code, stdout, stderr } = await net(tempHome(), ...argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
  })

  it.each([['status'], ['stop'], ['kill', '1'], ['restart', '1'], ['logs', '1']])(
    'says that there is no network: %s',
    async (...argv) => {
      const { code, stderr } = await net(tempHome(), ...argv)
      expect([code, stderr]).toEqual([3, expect.stringMatching(/^There is no network in .*Start one with/)])
    },
  )

  it.each([
    ['kill', '1'],
    ['restart', '1'],
  ])('says that the network does not run: %s', async (...argv) => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 2 })
    const { code, stderr } = await net(home, ...argv)
    expect([code, stderr]).toEqual([3, expect.stringContaining('is not running. Start it with "starling net up".')])
    const { stderr: unknown } = await net(home, argv[0] ?? '', '3')
    expect(unknown).toBe('The network has nodes 1 to 2, got 3.\n')
  })

  it('ends a network that does not run without a fuss', async () => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 1 })
    expect(await net(home, 'stop')).toEqual({
      code: 0,
      stdout: '',
      stderr: `The network was not running. It is kept in ${netDirectory(home)}.\n`,
    })
  })
})

describe('starling net up', () => {
  it('needs CometBFT, and says how to get it, before it makes anything', async () => {
    const home = tempHome()
    const { code, stderr } = await net(home, 'up')
    expect([code, stderr]).toEqual([3, expect.stringContaining(`needs CometBFT ${COMET_VERSION}`)])
    expect((await net(home, 'status')).code).toBe(3)
  })

  const withComet = async (home: string): Promise<void> => {
    mkdirSync(join(home, 'bin'))
    writeFileSync(join(home, 'bin', 'cometbft'), `#!/bin/sh\necho ${COMET_VERSION}\n`, { mode: 0o755 })
  }

  it('refuses a second run of one network', async () => {
    const home = tempHome()
    await withComet(home)
    await openNet(home, { ...wishes, validators: 1 })
    writePidFile(runnerFile(home), process.pid)
    writeFileSync(join(home, 'net.log'), 'said\n')
    for (const argv of [['up'], ['up', '--detach']]) {
      const { code, stderr } = await net(home, ...argv)
      expect([code, stderr]).toEqual([2, expect.stringContaining(`runs already, as process ${process.pid}.`)])
    }
    expect(readFileSync(join(home, 'net.log'), 'utf8')).toBe('said\n')
  })

  it('names the port that is taken, whose it would be, and the flag', async () => {
    const home = tempHome()
    await withComet(home)
    const { ports } = await openNet(home, { ...wishes, validators: 2 })
    const rpc = ports[1]?.rpc ?? 0
    const server = createServer().listen(rpc, '127.0.0.1')
    await once(server, 'listening')
    const { code, stderr } = await net(home, 'up')
    server.close()
    expect(code).toBe(3)
    expect(stderr).toContain(
      `Port ${rpc} on 127.0.0.1, for rpc of node 2, is taken by another program. Stop it, or choose other ports with --rpc-port (0 takes free ones).`,
    )
  })
})

/** A process of a node that does nothing but run. */
async function idle(file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', "process.stdout.write('up'); setInterval(() => {}, 1000)"], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  writePidFile(file, child.pid ?? 0)
  return child
}

describe('starling net kill', () => {
  it('kills what it is told to, and marks it so that it stays dead', async () => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 1 })
    writePidFile(runnerFile(home), process.pid)
    const paths = nodePaths(netDirectory(home), 1)
    const child = await idle(paths.pid('engine'))
    const ended = once(child, 'exit')
    const { code, stderr } = await net(home, 'kill', '1', '--engine')
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect([code, stderr]).toEqual([
      0,
      `node 1: CometBFT (process ${child.pid}) is dead\n"starling net restart 1" brings it back.\n`,
    ])
    expect([existsSync(paths.held('engine')), existsSync(paths.held('app'))]).toEqual([true, false])
  })

  it('leaves a process alone that only has the number of one of ours', async () => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 1 })
    writePidFile(runnerFile(home), process.pid)
    const { pid } = nodePaths(netDirectory(home), 1)
    writeFileSync(pid('app'), JSON.stringify({ pid: process.pid, identity: 'of another boot' }))
    const { code, stderr } = await net(home, 'kill', '1', '--app')
    expect([code, stderr]).toEqual([0, expect.stringContaining('node 1: the application was not running\n')])
  })
})

describe('starling net stop', () => {
  it('ends what a killed runner left behind, and nothing else', async () => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 2 })
    const paths = nodePaths(netDirectory(home), 2)
    const [ours, other] = [await idle(paths.pid('app')), await idle(join(home, 'other.pid'))]
    writeFileSync(paths.pid('engine'), JSON.stringify({ pid: other.pid, identity: 'of another boot' }))
    const ended = once(ours, 'exit')
    const { code, stderr } = await net(home, 'stop')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^Ended 1 process whose runner had been killed\./)])
    expect(await ended).toEqual([null, 'SIGTERM'])
    expect([other.exitCode, other.signalCode, existsSync(paths.pid('engine'))]).toEqual([null, null, false])
    other.kill('SIGKILL')
    await once(other, 'exit')
  })
})

describe('starling net logs', () => {
  it('prints the last lines of both processes or of one', async () => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 1 })
    expect((await net(home, 'logs', '1')).stderr).toContain('Node 1 has no log yet')
    const paths = nodePaths(netDirectory(home), 1)
    writeFileSync(paths.log('app'), 'one\ntwo\n')
    writeFileSync(paths.log('engine'), 'three\n')
    expect((await net(home, 'logs', '1')).stdout).toBe('app    | one\napp    | two\nengine | three\n')
    expect((await net(home, 'logs', '1', '--app', '--lines', '1')).stdout).toBe('two\n')
    expect((await net(home, 'logs', '1', '--engine')).stdout).toBe('three\n')
  })

  it('follows what is added, whole lines only, also in a log that began anew', async () => {
    const home = tempHome()
    await openNet(home, { ...wishes, validators: 1 })
    const paths = nodePaths(netDirectory(home), 1)
    writeFileSync(paths.log('app'), 'first line\n')
    const live = liveRun(['net', 'logs', '1', '--app', '--follow'], { STARLING_HOME: home })
    await live.said(/^first line\n$/)
    appendFileSync(paths.log('app'), 'second\nthi')
    await live.said(/second\n$/)
    appendFileSync(paths.log('app'), 'rd\n')
    await live.said(/second\nthird\n$/)
    writeFileSync(paths.log('app'), 'anew\n')
    await live.said(/third\nanew\n$/)
    process.emit('SIGTERM')
    expect(await live.ended).toEqual({ code: 0, stdout: 'first line\nsecond\nthird\nanew\n', stderr: '' })
  })
})
