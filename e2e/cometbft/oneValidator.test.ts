import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AbciEvent } from '@starling/node/app/application'
import { parseAddress } from '@starling/protocol/crypto/address'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import type { Client } from '@starling/sdk/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../harness/launch.ts'
import { openScope, scoped } from '../harness/scope.ts'
import { BUILD_MS, isSkipped } from './harness/findCometBft.ts'
import { buildLight } from './harness/lightProgram.ts'
import { openEmbedded } from './harness/openEmbedded.ts'
import {
  appState,
  clientOf,
  type PlayedTopic,
  playTopic,
  reputers,
  untilSettled,
  workers,
} from './harness/playTopic.ts'
import { readBlocks, readResults } from './harness/readBlocks.ts'
import { CHAIN_ID, layOutValidators, type Validator } from './harness/startValidators.ts'

const hasGo = spawnSync('go', ['version']).status === 0
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const upperHex = (bytes: Uint8Array): string => hex(bytes).toUpperCase()
const keyOf = (address: string): Uint8Array => bankKeys.balance(parseAddress(address) ?? new Uint8Array(), 'uallo')
const eventsOf = (events: readonly AbciEvent[] = []): unknown =>
  events.map(({ type, attributes }) => ({ type, attributes: attributes.map((one) => [one.key, one.value, one.index]) }))

describe.skipIf(isSkipped)('under one validator of CometBFT', () => {
  const scope = openScope()
  const embedded = openEmbedded(appState)
  let validator: Validator
  let client: Client
  let topic: PlayedTopic

  beforeAll(async () => {
    const [first] = await layOutValidators(scope, 1, appState)
    if (first === undefined) throw new Error('the network has a validator')
    validator = first
    await validator.start()
    await validator.untilHeight(2n)
    client = clientOf(scope, validator)
    topic = await playTopic(scope, [validator])
  }, BUILD_MS)
  afterAll(() => scope.close())

  it('every block has the app hash, results and events that the embedded engine gives', async () => {
    const [nonce = 0n] = await untilSettled(client, topic.id, 2)
    await embedded.expectSame(validator)
    const { value: record } = await client.epoch(topic.id, nonce)
    expect([record?.inferences, record?.forecasts, record?.reports].map((list) => list?.length)).toEqual([3, 2, 3])
    const height = record?.settledHeight ?? 0n
    const block = embedded.store.block(height)
    expect(await readResults(validator, height)).toEqual({
      events: eventsOf(block?.results.events),
      txs: block?.results.txResults.map(({ code, log, events }) => ({ code, log, events: eventsOf(events) })),
    })
  })

  it(
    'the SDK and the command line verify what they read over the RPC of CometBFT',
    scoped(async (own) => {
      await untilSettled(client, topic.id, 1)
      const { value: proven, at } = await client.topic(topic.id)
      expect(proven).toMatchObject({ name: 'volatility', base: { id: topic.id } })
      const { hash } = (await readBlocks(validator, at.height, at.height))[0] ?? { hash: '' }
      expect(upperHex(at.hash)).toBe(hash)
      const { value: answer } = await client.answer(topic.id)
      expect(answer).toEqual((await client.answerUnverified(topic.id, answer?.nonce)).answer)
      const env = { STARLING_NODE: validator.rest, STARLING_RPC: validator.rpc, STARLING_HOME: own.folder() }
      const asked = await run(own, ['ask', 'volatility', '--json'], { env })
      expect(asked).toMatchObject({ code: 0, stderr: '' })
      const { proof, contributors } = JSON.parse(asked.stdout)
      // Three who predict, and two who forecast how well they do.
      expect(contributors).toBe(5)
      const [header] = await readBlocks(validator, BigInt(proof.height), BigInt(proof.height))
      expect(proof).toEqual({ status: 'verified', height: proof.height, hash: header?.hash, appHash: header?.appHash })
    }),
  )

  it(
    'the command line settles its epochs again, explains what was paid, and finds nothing wrong',
    scoped(async (own) => {
      const settled = await untilSettled(client, topic.id, 2)
      const env = { STARLING_NODE: validator.rest, STARLING_RPC: validator.rpc, STARLING_HOME: own.folder() }
      const commands = [
        ['verify', 'topic', '1', '--from', String(settled[0])],
        ['explain', reputers[0]?.address ?? '', '--topic', '1', '--epoch', String(settled[1])],
        ['doctor'],
      ]
      const ended = await Promise.all(commands.map((args) => run(own, [...args, '--json'], { env })))
      expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(3).fill({ code: 0, stderr: '' }))
      const [verified, explained] = ended.map(({ stdout }) => JSON.parse(stdout))
      expect(verified).toMatchObject({ status: 'match', mismatches: [] })
      expect(verified.compared).toBeGreaterThan(200)
      expect(verified.epochs[0]).toMatchObject({ payments: { balances: 'compared' }, proof: { status: 'verified' } })
      expect(explained).toMatchObject({ status: 'settled', paid: expect.stringMatching(/^[1-9][0-9]*$/) })
    }),
  )

  it.skipIf(!hasGo)(
    'the light client of CometBFT and the proof runtime of the Cosmos SDK verify it too',
    scoped(async (own) => {
      const ask = await buildLight(own)
      const last = await validator.height()
      const heights = Array.from({ length: Number(last) }, (_, i) => String(i + 1))
      const followed = await ask('follow', 'sequential', validator.rpc, CHAIN_ID, ...heights)
      const blocks = await readBlocks(validator, 1n, last)
      expect(followed.map(({ hash }) => hash)).toEqual(blocks.map(({ hash }) => hash))
      expect(await ask('follow', 'skipping', validator.rpc, CHAIN_ID, '2', String(last))).toHaveLength(2)
      const [present = '', absent] = [workers[0]?.address, 'allo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a']
      const prove = (address: string) =>
        ask('prove', validator.rpc, CHAIN_ID, 'bank', hex(keyOf(address)), String(last - 1n))
      expect((await prove(present))[0]?.value).toMatch(/^[0-9a-f]+$/)
      expect((await prove(absent))[0]?.value).toBe('')
    }),
  )

  /** Waits until there is a block more than now, and says how long that took. */
  async function goesOn(what: string, begin: () => Promise<void>): Promise<void> {
    const from = Date.now()
    await begin()
    await validator.untilHeight((await validator.height()) + 2n)
    console.log(`${what}: two more blocks ${Date.now() - from} ms after the restart began`)
  }

  it('F22 goes on when application and CometBFT are killed in turn, under load', async () => {
    const settled = await untilSettled(client, topic.id, 1)
    await validator.app.kill()
    const { code, signal } = await validator.comet.process().ended
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    await goesOn('application killed', () => validator.start())
    const { child } = validator.app.process()
    await validator.comet.kill()
    await goesOn('CometBFT killed', () => validator.start())
    expect(validator.app.process().child).toBe(child)
    await validator.kill()
    await goesOn('both killed', () => validator.start())
    await untilSettled(client, topic.id, settled.length + 1)
    await embedded.expectSame(validator)
  })

  it.each(['die-in-block', 'die-in-commit', 'die-committed'])(
    'F01–F10 the block in which the application is killed is the same afterwards: %s',
    async (fault) => {
      await validator.kill()
      await validator.startStrange(fault)
      expect(await validator.app.process().ended).toMatchObject({ signal: 'SIGKILL' })
      await validator.comet.process().ended
      await goesOn(fault, () => validator.start())
      await embedded.expectSame(validator)
    },
  )

  it('F18 all blocks are played again to an application that has lost its state', async () => {
    await validator.kill()
    for (const folder of ['state', 'blocks']) rmSync(join(validator.home, folder), { recursive: true })
    await goesOn('state lost', () => validator.start())
    await embedded.expectSame(validator)
    const status = await fetch(`${validator.rest}/cosmos/base/node/v1beta1/status`)
    const { height, app_hash } = Object(await status.json())
    expect(Buffer.from(app_hash, 'base64')).toEqual(Buffer.from(embedded.store.summary(BigInt(height))?.appHash ?? []))
  })

  it('a transaction that was done stands in one block only', async () => {
    await embedded.expectSame(validator)
    const { store } = embedded
    const done = store
      .locations({ from: 1n, to: store.height() })
      .flatMap((location) => store.txAt(location) ?? [])
      .filter(({ result }) => result.code === 0)
      .map(({ hash }) => hash)
    expect(new Set(done).size).toBe(done.length)
    expect(done.length).toBeGreaterThan(20)
  })
})
