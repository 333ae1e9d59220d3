import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { LmdbBase } from '@starling/node/store/lmdbBase'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Io } from '../io.ts'
import { runWith } from '../testing/testIo.ts'
import { type NodeOptions, runNode } from './runNode.ts'

describe('starling node start', () => {
  let home: string
  let stderr: PassThrough
  let stopping: AbortController
  const options = (more: Partial<NodeOptions>): NodeOptions => {
    const io: Io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} }
    return {
      io,
      home,
      engine: 'cometbft',
      genesis: undefined,
      abci: `unix://${join(home, 'abci.sock')}`,
      rpc: 'http://127.0.0.1:9',
      host: '127.0.0.1',
      ports: { rest: 0, rpc: 0, metrics: 0 },
      blockTimeMs: 20,
      stop: stopping.signal,
      ...more,
    }
  }
  /** What a node says once it serves. */
  const said = async (): Promise<string> => String((await once(stderr, 'data'))[0])
  const get = async (url: string): Promise<unknown> => (await fetch(url)).json()
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'starling-node-'))
    mkdirSync(join(home, 'config'))
    writeFileSync(join(home, 'config', 'genesis.json'), '{"chain_id":"c","app_state":{"balances":[]}}')
    stderr = new PassThrough()
    stopping = new AbortController()
  })
  afterEach(() => rmSync(home, { recursive: true }))

  it('waits for CometBFT where it says, until it is asked to end', async () => {
    const node = runNode(options({}))
    const [, abci = '', rest = ''] = /^c: ABCI unix:\/\/(\S+), REST (\S+)\n$/.exec(await said()) ?? []
    const socket = connect(abci)
    await once(socket, 'connect')
    socket.destroy()
    expect(await get(`${rest}/cosmos/base/node/v1beta1/status`)).toMatchObject({ height: '0' })
    stopping.abort()
    await node
    await expect(fetch(rest)).rejects.toThrow()
  })

  it('ends at once where it was asked to before it began', async () => {
    stopping.abort()
    await runNode(options({}))
  })

  it('ends with exit code 3 and the reason where it must not go on', async () => {
    const node = runNode(options({}))
    const ended = expect(node).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/^The node is halted, so that it cannot fork the chain: .*no block is finalised/),
    })
    await said()
    const socket = connect(join(home, 'abci.sock'))
    // A commit of nothing, which is field 11 of a request.
    socket.write(Uint8Array.of(2, 0x5a, 0))
    await ended
  })

  it('makes blocks alone with the embedded engine', async () => {
    const node = runNode(options({ engine: 'local' }))
    const [, rpc = ''] = /^c: RPC (\S+), REST \S+\n$/.exec(await said()) ?? []
    expect(await get(`${rpc}/block?height=1`)).toMatchObject({ result: { block: { header: { chain_id: 'c' } } } })
    stopping.abort()
    await node
    const again = options({ engine: 'local', stop: AbortSignal.abort() })
    await runNode(again)
  })

  it('DET-18 alone, ends with exit code 3 and the reason when a block fails: no half of it stays', async () => {
    const node = runNode(options({ engine: 'local' }))
    const ended = expect(node).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/^The node is halted, so that it cannot fork the chain: .*the disk is gone/),
    })
    const [, rpc = ''] = /RPC (\S+), REST/.exec(await said()) ?? []
    const reading = vi.spyOn(LmdbBase.prototype, 'get').mockImplementation(() => {
      throw new Error('the disk is gone')
    })
    await ended
    reading.mockRestore()
    await expect(fetch(rpc)).rejects.toThrow()
    await runNode(options({ engine: 'local', stop: AbortSignal.abort() }))
  })

  it.each([
    [['--abci', 'localhost:1'], 2, /ABCI address must be like tcp:.*localhost:1/],
    [['--rest-port', '70000'], 2, /--rest-port must be a whole number from 0 to 65535/],
    [['--block-time', '1'], 2, /--block-time must be a whole number from 10/],
    [['--engine', 'x'], 2, /--engine/],
    [['--genesis', 'none.json'], 3, /genesis file none\.json cannot be read/],
  ])('refuses %j with exit code %i', async (args, code, sentence) => {
    const ports = ['--rest-port', '0', '--metrics-port', '0']
    const ran = await runWith(['node', 'start', '--home', home, ...ports, ...args])
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(sentence) })
  })

  it('says which port to choose where one is taken, with exit code 3', async () => {
    const node = runNode(options({}))
    const [, port = ''] = /REST http:\S+:(\d+)/.exec(await said()) ?? []
    const other = join(home, 'other')
    const args = ['--genesis', join(home, 'config', 'genesis.json'), '--abci', 'tcp://127.0.0.1:0']
    const ran = await runWith(['node', 'start', '--home', other, ...args, '--rest-port', port, '--metrics-port', '0'])
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringMatching(/--rest-port/) })
    stopping.abort()
    await node
  })
})
