import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestFinalizeBlock, Response } from 'cosmjs-types/tendermint/abci/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Application } from '../../app/application.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { createLog } from '../../server/createLog.ts'
import { parseAbciAddress } from './abciAddress.ts'
import { type CometNode, type CometNodeOptions, startCometNode } from './startCometNode.ts'
import { openAbciClient } from './testing/abciClient.ts'

const alice = testActor('alice')
const time = { seconds: 1_700_000_000n, nanos: 0 }
const none = new Uint8Array()
const appState = { balances: [{ address: alice.address, amount: '1000' }] }
const genesis = {
  initChain: {
    chainId: 'c',
    time,
    validators: [],
    appStateBytes: new Uint8Array(Buffer.from(JSON.stringify(appState))),
    initialHeight: 1n,
  },
}
const block = (height: bigint): { readonly finalizeBlock: RequestFinalizeBlock } => ({
  finalizeBlock: {
    height,
    time,
    txs: [],
    hash: Uint8Array.of(Number(height)),
    decidedLastCommit: { round: 0, votes: [] },
    misbehavior: [],
    nextValidatorsHash: none,
    proposerAddress: none,
  },
})
const info = { info: { version: '', blockVersion: 11n, p2pVersion: 8n, abciVersion: '2.0.0' } }

describe('a node under CometBFT', () => {
  let directory: string
  let running: CometNode[]
  let faults: unknown[]
  const start = async (options: Partial<CometNodeOptions> = {}): Promise<CometNode> => {
    const node = await startCometNode({
      chainId: 'c',
      directory,
      abci: { kind: 'unix', path: join(directory, 'abci.sock') },
      // Nobody listens at the discard port.
      cometRpc: 'http://127.0.0.1:9',
      ports: { rest: 0, metrics: 0 },
      log: createLog('silent'),
      onFault: (error) => faults.push(error),
      ...options,
    })
    running.push(node)
    return node
  }
  /** What CometBFT is answered by a node, over one connection. */
  const drive = async ({ abci }: CometNode, ...requests: readonly object[]): Promise<readonly Response[]> => {
    const client = await openAbciClient(parseAbciAddress(abci))
    try {
      return await client.ask(...requests)
    } finally {
      client.end()
    }
  }
  const rest = async ({ restUrl }: CometNode, path: string): Promise<readonly [number, string]> => {
    const response = await fetch(`${restUrl}${path}`)
    return [response.status, await response.text()]
  }
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'starling-comet-'))
    running = []
    faults = []
  })
  afterEach(async () => {
    for (const node of running) await node.close()
    rmSync(directory, { recursive: true })
  })

  it('keeps the blocks of CometBFT, serves them, and is where it was after a restart', async () => {
    const node = await start()
    const balance = `/cosmos/bank/v1beta1/balances/${alice.address}/by_denom?denom=uallo`
    expect((await rest(node, balance))[0]).toBe(503)
    await drive(node, genesis, block(1n), { commit: {} }, block(2n), { commit: {} })
    expect(node.chain.status()).toMatchObject({ chainId: 'c', height: 2n })
    expect((await rest(node, balance))[1]).toContain('"amount":"1000"')
    expect(await (await fetch(`${node.metricsUrl}/metrics`)).text()).toMatch(/^starling_height 2$/m)
    const before = await drive(node, info)
    await node.close()
    const again = await start()
    expect(await drive(again, info)).toEqual(before)
    expect(before[0]?.info?.lastBlockHeight).toBe(2n)
    expect(again.chain.status().height).toBe(2n)
  })

  it('F01–F10 begins again from its last commit where it was killed in a block', async () => {
    const dying = await start({
      wrap: (application) => ({
        ...application,
        commit() {
          if (application.info().height === 1n) throw new Error('killed.')
          application.commit()
        },
      }),
    })
    const [, , , finalized] = await drive(dying, genesis, block(1n), { commit: {} }, block(2n), { commit: {} })
    expect(faults).toHaveLength(1)
    const answer = await fetch(`${dying.restUrl}/cosmos/tx/v1beta1/txs`, {
      method: 'POST',
      body: '{"tx_bytes":"AQ==","mode":"BROADCAST_MODE_SYNC"}',
    })
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('killed.')])
    await dying.close()
    const node = await start()
    const [told, same] = await drive(node, info, block(2n), { commit: {} })
    expect(told?.info?.lastBlockHeight).toBe(1n)
    expect(same).toEqual(finalized)
    expect(node.chain.status().height).toBe(2n)
  })

  it('tells one fault, and answers it to CometBFT', async () => {
    const node = await start({
      wrap: (application: Application) => ({
        ...application,
        finalizeBlock() {
          throw new Error('the disk is gone.')
        },
      }),
    })
    const [, refused] = await drive(node, genesis, block(1n))
    const [still] = await drive(node, info)
    expect([refused, still].map((response) => response?.exception?.error)).toEqual(Array(2).fill('the disk is gone.'))
    expect(faults).toEqual([new Error('the disk is gone.')])
    expect(node.chain.status().halted?.message).toContain('the disk is gone.')
  })

  it.each([
    ['blocks', /at height 1, but the newest stored block is 0.*Restore the folder "blocks"/],
    ['state', undefined],
  ])('says what to do where its folder "%s" is lost, or goes on', async (folder, sentence) => {
    await drive(await start(), genesis, block(1n), { commit: {} })
    for (const node of running.splice(0)) await node.close()
    rmSync(join(directory, folder), { recursive: true })
    if (sentence !== undefined) return expect(start()).rejects.toThrow(sentence)
    const node = await start()
    expect(node.chain.status().height).toBe(0n)
    await drive(node, genesis, block(1n), { commit: {} }, block(2n), { commit: {} })
    expect(node.chain.status().height).toBe(2n)
  })

  it('refuses blocks that belong to another state', async () => {
    const other = await start({ directory: join(directory, 'other') })
    const strange = {
      initChain: { ...genesis.initChain, appStateBytes: new Uint8Array(Buffer.from('{"balances":[]}')) },
    }
    await drive(other, strange, block(1n), { commit: {} })
    await other.close()
    const own = await start()
    await drive(own, genesis, block(1n), { commit: {} })
    await own.close()
    rmSync(join(directory, 'blocks'), { recursive: true })
    cpSync(join(directory, 'other', 'blocks'), join(directory, 'blocks'), { recursive: true })
    await expect(start()).rejects.toThrow(/hash at height 1 is [0-9A-F]{64}, but the stored block gave/)
  })

  it('starts whole or not at all', async () => {
    const first = await start({ directory: join(directory, 'first') })
    const rest = Number(new URL(first.restUrl).port)
    const abci = parseAbciAddress(first.abci)
    await expect(start({ abci })).rejects.toThrow(/--abci/)
    const tcp = { kind: 'tcp', host: '127.0.0.1', port: 0 } as const
    await expect(start({ abci: tcp, ports: { rest } })).rejects.toThrow(/--rest-port/)
    // Neither attempt holds state, blocks or socket.
    await first.close()
    expect((await start({ abci, ports: { rest } })).restUrl).toBe(first.restUrl)
  })
})
