import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestFinalizeBlock, RequestInitChain } from 'cosmjs-types/tendermint/abci/types'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKvApplication, emptyDisk, type KvApplication, type KvDisk } from '../local/testing/kvApplication.ts'
import type { AbciAddress } from './abciAddress.ts'
import { createAbciHandler, type DecidedBlock } from './abciHandler.ts'
import { type AbciServer, startAbciServer } from './abciServer.ts'
import { frameLength } from './frames.ts'
import { type AbciClient, openAbciClient, requestFrame } from './testing/abciClient.ts'

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const time = { seconds: 1_700_000_000n, nanos: 5_000_000 }
const none = new Uint8Array()
const genesis = (appState: string, initialHeight = 1n): { readonly initChain: RequestInitChain } => ({
  initChain: { chainId: 'c', time, validators: [], appStateBytes: utf8(appState), initialHeight },
})
const block = (height: bigint, ...txs: readonly string[]): { readonly finalizeBlock: RequestFinalizeBlock } => ({
  finalizeBlock: {
    height,
    time,
    txs: txs.map(utf8),
    hash: utf8(`hash ${height}`),
    decidedLastCommit: { round: 0, votes: [] },
    misbehavior: [],
    nextValidatorsHash: none,
    proposerAddress: none,
  },
})

describe.each(['tcp', 'unix'] as const)('an ABCI server on %s', (kind) => {
  let directory = ''
  let disk: KvDisk
  let application: KvApplication
  let server: AbciServer
  let client: AbciClient
  let faults: unknown[]
  let committed: DecidedBlock[]
  const start = async (): Promise<void> => {
    const address: AbciAddress =
      kind === 'tcp' ? { kind, host: '127.0.0.1', port: 0 } : { kind, path: join(directory, 'abci.sock') }
    server = await startAbciServer({
      address,
      handle: createAbciHandler({
        application,
        name: 'n',
        version: '1',
        appVersion: 7,
        onCommit: (one) => committed.push(one),
      }),
      onFault: (error) => faults.push(error),
      maxFrameBytes: 2 ** 20,
    })
    client = await openAbciClient(server.address)
  }
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'starling-abci-'))
    disk = emptyDisk()
    application = createKvApplication(disk)
    faults = []
    committed = []
    await start()
  })
  afterEach(async () => {
    client.end()
    await server.close()
    rmSync(directory, { recursive: true })
  })

  it('answers many requests of one write in their order', async () => {
    const requests = Array.from({ length: 300 }, (_, i) => ({ echo: { message: `${i}` } }))
    const responses = await client.ask(...requests, { flush: {} })
    expect(responses.map(({ echo }) => echo?.message)).toEqual([...requests.map(({ echo }) => echo.message), undefined])
    expect(responses.at(-1)?.flush).toEqual({})
  })

  it('drives the application through genesis, checks, a block and its commit', async () => {
    const tx = 'A/1/x=1'
    await client.ask(genesis('{}'))
    const [checked, proposed, accepted, finalized, done] = await client.ask(
      { checkTx: { tx: utf8(tx), type: 0 } },
      {
        prepareProposal: {
          maxTxBytes: 10n,
          txs: [utf8(tx), utf8('B/1/y=1')],
          localLastCommit: { round: 0, votes: [] },
          misbehavior: [],
          height: 1n,
          time,
          nextValidatorsHash: none,
          proposerAddress: none,
        },
      },
      {
        processProposal: {
          ...block(1n, tx).finalizeBlock,
          proposedLastCommit: { round: 0, votes: [] },
        },
      },
      block(1n, tx, 'B/1/bad=1'),
      { commit: {} },
    )
    expect(checked?.checkTx).toMatchObject({ code: 0, gasWanted: 10n, gasUsed: 7n })
    expect(proposed?.prepareProposal?.txs.map((one) => Buffer.from(one).toString())).toEqual([tx])
    expect(accepted?.processProposal?.status).toBe(1)
    expect(finalized?.finalizeBlock?.txResults.map(({ code, codespace }) => [code, codespace])).toEqual([
      [0, ''],
      [7, 'kv'],
    ])
    expect(finalized?.finalizeBlock?.txResults[0]?.events[0]?.attributes[0]).toEqual({
      key: 'sender',
      value: 'A',
      index: true,
    })
    expect(done?.commit).toEqual({ retainHeight: 0n })
    expect(committed.map(({ height, timeMs }) => [height, timeMs])).toEqual([[1n, 1_700_000_000_005n]])
    const [info] = await client.ask({ info: { version: '', blockVersion: 11n, p2pVersion: 8n, abciVersion: '2.0.0' } })
    expect(info?.info).toMatchObject({
      data: 'n',
      version: '1',
      appVersion: 7n,
      lastBlockHeight: 1n,
      lastBlockAppHash: new Uint8Array(disk.appHash),
    })
  })

  it('answers queries, and has no snapshots to give or take', async () => {
    const [query, list, offer, chunk, apply] = await client.ask(
      { query: { path: '/p', data: utf8('k'), height: 3n, prove: true } },
      { listSnapshots: {} },
      { offerSnapshot: { appHash: none } },
      { loadSnapshotChunk: { height: 1n, format: 1, chunk: 0 } },
      { applySnapshotChunk: { index: 0, chunk: none, sender: '' } },
    )
    expect(query?.query).toMatchObject({ code: 0, height: 3n, value: utf8('k') })
    expect(list?.listSnapshots?.snapshots).toEqual([])
    expect([offer?.offerSnapshot?.result, apply?.applySnapshotChunk?.result]).toEqual([3, 2])
    expect(chunk?.loadSnapshotChunk?.chunk).toEqual(none)
  })

  it('gives the answer again that CometBFT had not taken when it was killed', async () => {
    const [first] = await client.ask(genesis('{}'))
    client.end()
    client = await openAbciClient(server.address)
    expect(await client.ask(genesis('{}'))).toEqual([first])
    const [once] = await client.ask(block(1n, 'A/1/x=1'))
    client.end()
    client = await openAbciClient(server.address)
    expect(await client.ask(block(1n, 'A/1/x=1'))).toEqual([once])
    await client.ask({ commit: {} })
    expect(disk).toMatchObject({ height: 1n, appHash: once?.finalizeBlock?.appHash })
    expect(faults).toEqual([])
  })

  it.each([
    ['a genesis that is no JSON', genesis('{'), /app_state of the genesis is no JSON/],
    ['a genesis that begins later', genesis('{}', 5n), /initial_height to "1"/],
    ['a commit of nothing', { commit: {} }, /no block is finalised/],
  ])('halts on %s, and says why to every connection', async (_what, request, sentence) => {
    const other = await openAbciClient(server.address)
    const [response] = await client.ask(request)
    expect(response?.exception?.error).toMatch(sentence)
    await client.closed
    const [refused] = await other.ask({ flush: {} })
    expect(refused?.exception?.error).toMatch(sentence)
    await other.closed
    expect(faults).toHaveLength(1)
  })

  it('halts when the application fails in a block', async () => {
    application.fail = (call) => call === 'finalizeBlock'
    const [response] = await client.ask(block(1n))
    expect(response?.exception?.error).toBe('the disk is gone in finalizeBlock.')
    expect(faults).toHaveLength(1)
  })

  it('closes a connection of nonsense, and no other', async () => {
    // Field 100 is none of a request's, and nothing has wire type 7: no protobuf, whatever follows.
    const broken = fc
      .uint8Array({ maxLength: 60 })
      .map((noise) => Buffer.concat([frameLength(noise.length + 2), Uint8Array.of(0xa7, 0x06), noise]))
    const endless = fc.uint8Array({ minLength: 5, maxLength: 60 }).map((noise) => noise.map((byte) => byte | 0x80))
    const unknown = fc.constant(Uint8Array.of(0))
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, endless, unknown), async (noise) => {
        const fool = await openAbciClient(server.address)
        fool.socket.write(noise)
        await fool.closed
      }),
      { numRuns: 60 },
    )
    expect((await client.ask({ echo: { message: 'still here' } }))[0]?.echo?.message).toBe('still here')
    expect(faults).toEqual([])
  })

  it('takes a frame of a mebibyte in pieces, and refuses a larger one', async () => {
    const frame = requestFrame({ echo: { message: 'x'.repeat(2 ** 20 - 100) } })
    const middle = frame.length >> 1
    client.socket.write(frame.subarray(0, 1))
    client.socket.write(frame.subarray(1, middle))
    client.socket.write(frame.subarray(middle))
    const [echo] = await client.ask({ flush: {} })
    expect(echo?.echo?.message.length).toBe(2 ** 20 - 100)
    client.socket.write(requestFrame({ echo: { message: 'x'.repeat(2 ** 20) } }))
    await client.closed
    expect(faults).toEqual([])
  })

  it('takes over the place of one that was killed', async () => {
    client.end()
    await server.close()
    await start()
    expect((await client.ask({ flush: {} }))[0]?.flush).toEqual({})
    if (kind === 'tcp') return
    await expect(
      startAbciServer({ address: server.address, handle: () => ({}), onFault: () => undefined }),
    ).rejects.toThrow(/--abci/)
  })
})
