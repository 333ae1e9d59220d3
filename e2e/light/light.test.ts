import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testActor } from '@starling/node/app/testing/testChain'
import { startTestNode, type TestNode } from '@starling/node/server/testing/startTestNode'
import { parseAddress } from '@starling/protocol/crypto/address'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import type { LightBlock } from '@starling/protocol/proof/cometTypes'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { parseLightBlock } from '@starling/protocol/proof/parseLightBlock'
import { checkLightBlock, verifyLightBlock } from '@starling/protocol/proof/verifyLightBlock'
import { verifyStoreValue } from '@starling/protocol/proof/verifyStoreValue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CHAIN_ID = 'starling-test-1'
const HERE = fileURLToPath(new URL('.', import.meta.url))
const BLOCKS = 60
const runFile = promisify(execFile)

const hasGo = spawnSync('go', ['version']).status === 0
const isSkipped = !hasGo && process.env.CI === undefined
if (isSkipped) {
  process.stderr.write("Blocks are not verified by CometBFT's light client: that needs Go, which is not on PATH.\n")
}

const alice = testActor('alice')
const bob = testActor('bob')
const keyOf = (address: string): Uint8Array => bankKeys.balance(parseAddress(address) ?? new Uint8Array(), 'uallo')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const heights = Array.from({ length: BLOCKS }, (_, i) => i + 1)

describe.skipIf(isSkipped)('light verification', () => {
  const folder = mkdtempSync(join(tmpdir(), 'light-'))
  const program = join(folder, 'light')
  let node: TestNode

  beforeAll(async () => {
    const { status, stderr, error } = spawnSync('go', ['build', '-o', program, '.'], { cwd: HERE, encoding: 'utf8' })
    if (status !== 0) throw new Error(`CometBFT's light client cannot be built: ${error?.message ?? stderr}`)
    node = await startTestNode([alice, bob])
    let sequence = 0n
    for (const height of heights) {
      const count = height % 5 === 0 ? height / 5 : 0
      for (let i = 0; i < count; i += 1) {
        expect(node.engine.submitTx(node.pay(alice, bob, sequence)).code).toBe(0)
        sequence += 1n
      }
      node.engine.mine()
    }
    // One that takes more than one part of 64 KiB, then two on top.
    for (let i = 0; i < 300; i += 1) {
      expect(node.engine.submitTx(node.pay(alice, bob, sequence, 'm'.repeat(200))).code).toBe(0)
      sequence += 1n
    }
    node.engine.mine()
    node.engine.mine()
    node.engine.mine()
  }, 600_000)
  afterAll(async () => {
    await node.close()
    rmSync(folder, { recursive: true })
  })

  async function ask(
    ...args: readonly string[]
  ): Promise<readonly { height: number; hash: string; appHash: string; value: string }[]> {
    const { stdout } = await runFile(program, args)
    const lines = stdout.trim().split('\n')
    return lines.map((line) => JSON.parse(line))
  }

  async function rpc(path: string): Promise<unknown> {
    const response = await fetch(`${node.rpcUrl}/${path}`)
    const { result } = (await response.json()) as { result: unknown }
    return result
  }

  async function lightBlockAt(height: number): Promise<LightBlock> {
    const query = `height=${height}`
    return parseLightBlock(await rpc(`commit?${query}`), await rpc(`validators?${query}&per_page=100`))
  }

  it("satisfies CometBFT's light client at every height, one after the other", async () => {
    const all = Array.from({ length: BLOCKS + 3 }, (_, i) => i + 1)
    const verified = await ask('follow', 'sequential', node.rpcUrl, CHAIN_ID, ...all.map(String))
    const ours = all.map((height) => {
      const block = node.engine.store.summary(BigInt(height))
      return { height, hash: hex(block?.hash ?? new Uint8Array()).toUpperCase() }
    })
    expect(verified.map(({ height, hash }) => ({ height, hash }))).toEqual(ours)
    expect(node.engine.store.summary(BigInt(BLOCKS + 1))?.parts.total).toBeGreaterThan(1)
  })

  it("satisfies CometBFT's light client where it skips heights", async () => {
    const verified = await ask('follow', 'skipping', node.rpcUrl, CHAIN_ID, '2', '30', '57', '62', '63')
    expect(verified.map(({ height }) => height)).toEqual([2, 30, 57, 62, 63])
    expect(verified.at(-1)?.hash).toBe(hex(node.engine.store.summary(63n)?.hash ?? new Uint8Array()).toUpperCase())
  })

  it('satisfies what a full node of CometBFT checks of each block', async () => {
    expect(await ask('blocks', node.rpcUrl, CHAIN_ID, String(BLOCKS + 3))).toEqual([{ height: BLOCKS + 3 }])
  })

  it('satisfies our own light client, to the next height and over many', async () => {
    const rules = {
      chainId: CHAIN_ID,
      nowMs: BigInt(Date.now()),
      trustingPeriodMs: 10n ** 13n,
      maxClockDriftMs: 10_000n,
    }
    const first = await lightBlockAt(1)
    checkLightBlock(first, CHAIN_ID)
    let trusted = first
    for (const height of [2, 3, 11, 60, 61, 62, 63]) {
      const next = await lightBlockAt(height)
      verifyLightBlock(trusted, next, rules)
      verifyLightBlock(first, next, rules)
      expect(hex(headerHash(next.header))).toBe(
        hex(node.engine.store.summary(BigInt(height))?.hash ?? new Uint8Array()),
      )
      trusted = next
    }
  })

  it.each([
    ['a present key', bob.address],
    ['an absent key', testActor('nobody').address],
  ])("proves %s to the Cosmos SDK's proof runtime and to our own", async (_what, address) => {
    const key = keyOf(address)
    const [answer] = await ask('prove', node.rpcUrl, CHAIN_ID, 'bank', hex(key), '30')
    const { response } = (await rpc(`abci_query?path="/store/bank/key"&data=0x${hex(key)}&height=30&prove=true`)) as {
      response: { value: string | null; proofOps: { ops: { type: string; key: string; data: string }[] } }
    }
    const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
    const value = response.value === null ? undefined : bytes(response.value)
    expect(answer?.value).toBe(hex(value ?? new Uint8Array()))
    expect(value === undefined).toBe(address !== bob.address)
    const ops = response.proofOps.ops.map((op) => ({ type: op.type, key: bytes(op.key), data: bytes(op.data) }))
    const { appHash } = (await lightBlockAt(31)).header
    verifyStoreValue({ appHash, store: 'bank', key, value, ops })
    const forged = value === undefined ? bytes('AAAA') : undefined
    expect(() => verifyStoreValue({ appHash, store: 'bank', key, value: forged, ops })).toThrow(/proof/)
  })
})
