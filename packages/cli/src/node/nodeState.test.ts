import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication } from '@starling/node/app/createApplication'
import { openState } from '@starling/node/openState'
import { createLog } from '@starling/node/server/createLog'
import { startNode } from '@starling/node/startNode'
import { toHex } from '@starling/protocol/bytes/hex'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'
import { createCast } from '../up/cast.ts'
import { localGenesis } from '../up/localGenesis.ts'
import { LOCAL_CHAIN_ID } from '../up/localNetwork.ts'

const chainId = 'moved-1'
const genesis = localGenesis(createCast('test'))

let folder: string
let home: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-state-'))
  home = newHome('node0')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A node's folder with the genesis alone. */
function newHome(name: string, chain = chainId): string {
  const at = join(folder, name)
  mkdirSync(join(at, 'config'), { recursive: true })
  writeFileSync(join(at, 'config', 'genesis.json'), JSON.stringify({ chain_id: chain, app_state: genesis }))
  return at
}

const start = (directory: string, chain = chainId) =>
  startNode({ chainId: chain, genesis, directory, ports: { rest: 0, rpc: 0 }, log: createLog('silent') })

/** Lets a node make blocks, and returns the hash of its state and what it is at. */
async function mine(directory: string, blocks: number, chain = chainId): Promise<{ height: number; root: string }> {
  const node = await start(directory, chain)
  for (let i = 0; i < blocks; i++) node.engine.mine()
  const { height, appHash } = node.engine.status()
  await node.close()
  return { height: Number(height), root: toHex(appHash).toUpperCase() }
}

const node = (command: string, file: string, at: string, ...argv: readonly string[]) =>
  runWith(['node', command, file, '--home', at, '--json', ...argv])

describe('starling node export and import', () => {
  it('AUD-M10 move a state: the same hash, and the same after every block that follows', async () => {
    const { height, root } = await mine(home, 5)
    const file = join(folder, 'state.bin')
    const exported = await node('export', file, home)
    expect(exported.code).toBe(0)
    const bytes = readFileSync(file).length
    expect(JSON.parse(exported.stdout)).toEqual({ file, chainId, height, root, bytes })
    const other = newHome('node1')
    const imported = await node('import', file, other)
    expect(JSON.parse(imported.stdout)).toEqual({ file, chainId, height, root })
    const roots = [home, other].map((directory) => {
      const stores = openState({ directory, chainId })
      const application = createApplication({ stores, chainId })
      const hashes = [6n, 7n, 8n].map((next) => {
        const { appHash } = application.finalizeBlock({ height: next, timeMs: next * 1000n, txs: [] })
        application.commit()
        return toHex(appHash)
      })
      stores.close()
      return hashes
    })
    expect(roots[0]).toEqual(roots[1])
    expect(new Set(roots[0]).size).toBe(3)
  })

  it('bring a node back whose state is lost: it goes on from there over its blocks', async () => {
    await mine(home, 4)
    const file = join(folder, 'state.bin')
    expect((await node('export', file, home)).code).toBe(0)
    const { height, root } = await mine(home, 3)
    rmSync(join(home, 'state'), { recursive: true })
    expect((await node('import', file, home)).code).toBe(0)
    expect(await mine(home, 0)).toEqual({ height, root })
  })

  it('know the network of "starling up", and say it in words', async () => {
    const local = join(folder, 'local')
    mkdirSync(local)
    writeFileSync(join(local, 'network.json'), JSON.stringify({ chainId: LOCAL_CHAIN_ID, seed: 'test' }))
    const { root } = await mine(local, 2, LOCAL_CHAIN_ID)
    const file = join(folder, 'local.bin')
    const { code, stdout } = await runWith(['node', 'export', file, '--home', local])
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`local\\.bin: ${LOCAL_CHAIN_ID} at height 2, hash ${root}, \\d+ bytes\n$`))
    rmSync(join(local, 'state'), { recursive: true })
    const back = await runWith(['node', 'import', file, '--home', local])
    expect(back.stdout).toBe(`${local}: ${LOCAL_CHAIN_ID} at height 2, hash ${root}\n`)
    writeFileSync(join(local, 'network.json'), '{}')
    expect(await node('export', `${file}.2`, local)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/is damaged/),
    })
  })

  it('overwrite nothing, and leave nothing half done beside it', async () => {
    await mine(home, 2)
    const [file, again] = [join(folder, 'a.bin'), join(folder, 'b.bin')]
    writeFileSync(file, 'mine')
    expect(await node('export', file, home)).toMatchObject({ code: 2, stderr: expect.stringMatching(/left as it is/) })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect((await node('export', again, home)).code).toBe(0)
    const copy = newHome('node1')
    expect((await node('import', again, copy)).code).toBe(0)
    const refused = await node('import', again, copy)
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`${copy} has a state of height 2`) })
    expect((await node('export', join(folder, 'c.bin'), copy)).code).toBe(0)
    expect(readFileSync(join(folder, 'c.bin'))).toEqual(readFileSync(again))
    expect(await node('export', join(folder, 'none', 'x.bin'), home)).toMatchObject({ code: 3 })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('refuse a damaged file by its name, and take a sound one afterwards', async () => {
    await mine(home, 3)
    const file = join(folder, 'state.bin')
    await node('export', file, home)
    const sound = readFileSync(file)
    const other = newHome('node1')
    const damaged = join(folder, 'damaged.bin')
    for (const at of [0, 20, 200, Math.floor(sound.length / 2), sound.length - 1]) {
      const bytes = Buffer.from(sound)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      for (const content of [bytes, sound.subarray(0, at)]) {
        writeFileSync(damaged, content)
        const { code, stderr, stdout } = await node('import', damaged, other)
        expect([code, stdout]).toEqual([3, ''])
        expect(stderr).toContain(`${damaged}: the exported state`)
        expect(stderr).toMatch(/nothing was taken in/)
      }
    }
    expect((await node('import', file, other)).code).toBe(0)
  })

  it('say what is wrong with where they are used', async () => {
    expect(await node('export', join(folder, 'x'), home)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`There is no state in ${home}`),
    })
    expect(existsSync(join(home, 'state'))).toBe(false)
    expect(await node('import', join(folder, 'none'), home)).toMatchObject({ code: 3 })
    const running = await start(home)
    expect(await node('export', join(folder, 'x'), home)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/in use/),
    })
    await running.close()
    expect(await node('export', join(folder, 'x'), home)).toMatchObject({ code: 4 })
    await mine(home, 1)
    await node('export', join(folder, 'x'), home)
    const foreign = newHome('node1', 'other-1')
    const refused = await node('import', join(folder, 'x'), foreign)
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining("belongs to chain 'moved-1'") })
    expect(await node('export', join(folder, 'y'), join(folder, 'nowhere'))).toMatchObject({ code: 3 })
    cpSync(join(home, 'config', 'genesis.json'), join(folder, 'g.json'))
    rmSync(join(home, 'config'), { recursive: true })
    expect((await node('export', join(folder, 'y'), home, '--genesis', join(folder, 'g.json'))).code).toBe(0)
  })
})
