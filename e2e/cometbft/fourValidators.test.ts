import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseAddress } from '@starling/protocol/crypto/address'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import { epochsKeys } from '@starling/protocol/modules/epochs/keys'
import { at, integerAt, listAt, textAt } from '@starling/sdk/http/json'
import type { Client } from '@starling/sdk/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { run } from '../harness/launch.ts'
import { openScope, type Scope, scoped } from '../harness/scope.ts'
import { BUILD_MS, isSkipped } from './harness/findCometBft.ts'
import { openEmbedded } from './harness/openEmbedded.ts'
import { appState, clientOf, type PlayedTopic, playTopic, untilSettled, workers } from './harness/playTopic.ts'
import { readBlocks } from './harness/readBlocks.ts'
import { startGateway } from './harness/startGateway.ts'
import { layOutValidators, type Validator } from './harness/startValidators.ts'

/** Looks at a network that waits before it counts as waiting: several times what a block takes. */
const LOOKS = 20

type Lie = {
  readonly what: 'score' | 'reward'
  readonly address: string
  /** The block after which the liar's state is another. */
  readonly height: bigint
  readonly honest: Validator
  readonly liar: Validator
}
type Four = readonly [Validator, Validator, Validator, Validator]

describe.skipIf(isSkipped)('under four validators of CometBFT', () => {
  const scope = openScope()
  const embedded = openEmbedded(appState)
  const agreed = new Map<bigint, string>()
  let all: Four
  let topic: PlayedTopic
  let client: Client

  beforeAll(async () => {
    const [a, b, c, d] = await layOutValidators(scope, 4, appState)
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four were laid out')
    all = [a, b, c, d]
    // The fourth comes late.
    await Promise.all([a.start(), b.start(), c.start()])
    await a.untilHeight(2n)
    client = clientOf(scope, a)
    topic = await playTopic(scope, [a, b, c])
  }, BUILD_MS)
  afterAll(() => scope.close())

  /** Every height has one block, on all of these validators and at all times; it is the embedded engine's. */
  async function expectAgreement(validators: readonly Validator[]): Promise<void> {
    const heights = await Promise.all(validators.map((one) => one.height()))
    const chains = await Promise.all(
      validators.map((one, i) => readBlocks(one, BigInt(agreed.size) + 1n, heights[i] ?? 0n)),
    )
    for (const { height, hash, appHash } of chains.flat()) {
      const known = agreed.get(height) ?? `${hash} ${appHash}`
      agreed.set(height, known)
      expect([height, `${hash} ${appHash}`]).toEqual([height, known])
    }
    const [first] = validators
    if (first !== undefined) await embedded.expectSame(first)
  }

  /** Starts a validator that was away, and says how long it takes to be where the others are. */
  async function catchesUp(what: string, late: Validator, height: bigint): Promise<void> {
    const from = Date.now()
    await late.start()
    await late.untilHeight(height)
    console.log(`${what}: at block ${height} ${Date.now() - from} ms after its start`)
  }

  it('three of four make blocks, and one that comes late catches up with the same app hashes', async () => {
    await untilSettled(client, topic.id, 1)
    await catchesUp('a late validator', all[3], await all[0].height())
    await expectAgreement(all)
    const from = await all[0].height()
    await Promise.all(all.map((one) => one.untilHeight(from + 8n)))
    await expectAgreement(all)
    const blocks = await readBlocks(all[0], from, from + 8n)
    const intervals = blocks.slice(1).map(({ timeMs }, i) => Number(timeMs - (blocks[i]?.timeMs ?? 0n)))
    console.log(`block intervals in ms: ${intervals.join(' ')}`)
  })

  it(
    'the same submissions give equal epoch records on every node, each one proven',
    scoped(async (own) => {
      const nonces = await untilSettled(client, topic.id, 2)
      const clients = all.map((one) => clientOf(own, one))
      for (const nonce of nonces) {
        const records = await Promise.all(
          clients.map((one) =>
            eventually(`the record of epoch ${nonce}`, async () => (await one.epoch(topic.id, nonce)).value),
          ),
        )
        expect(records[0]?.inferences.length).toBeGreaterThan(0)
        expect(records).toEqual(Array(4).fill(records[0]))
      }
    }),
  )

  it('F23 one of four dead, one after the other: blocks go on, and each catches up', async () => {
    for (const dead of all.slice(1, 3)) {
      await dead.kill()
      const height = await all[0].height()
      await all[0].untilHeight(height + 4n)
      await catchesUp('a validator that was killed', dead, height + 4n)
    }
    await expectAgreement(all)
  })

  it('F24 two of four dead: the others wait without forking, and go on when one returns', async () => {
    const [a, b, c, d] = all
    await Promise.all([c.kill(), d.kill()])
    const height = await untilWaiting([a, b])
    await catchesUp('a quorum', c, height + 3n)
    await Promise.all([a, b].map((one) => one.untilHeight(height + 3n)))
    await expectAgreement([a, b, c])
    await catchesUp('the fourth', d, height + 3n)
    await expectAgreement(all)
  })

  it(
    'F16 F32 a validator that alters a stored score is outvoted, and what it answers is refuted',
    scoped((own) => expectOutvoted(own, 'score')),
  )

  it('F18 a validator that forgets what it has altered catches up from the first block', async () => {
    const [honest, , , liar] = all
    await liar.kill()
    forgetChain(liar)
    await catchesUp('a validator without state', liar, await honest.height())
    await expectAgreement(all)
  })

  it(
    'F16 F32 a validator that alters a reward is outvoted, and what it answers is refuted',
    scoped((own) => expectOutvoted(own, 'reward')),
  )

  async function expectOutvoted(own: Scope, what: 'score' | 'reward'): Promise<void> {
    const [honest, , , liar] = all
    const address = workers[0]?.address ?? ''
    await untilSettled(client, topic.id, 1)
    await liar.kill()
    await liar.startStrange(`alter-${what}`, address)
    const [, text = ''] = await liar.app.process().says(/^altered (\d+)$/m)
    const height = BigInt(text)
    await Promise.all(all.slice(0, 3).map((one) => one.untilHeight(height + 5n)))
    await expectAgreement(all.slice(0, 3))

    // The liar stands where it lied: it can follow the others no more, and none of them has its block.
    await liar.comet.process().says(/CONSENSUS FAILURE|wrong Block\.Header\.AppHash/)
    expect(await liar.height()).toBe(height)
    const [newest] = await readBlocks(liar, height, height)
    expect(`${newest?.hash} ${newest?.appHash}`).toBe(agreed.get(height))
    const commit = at(await honest.ask('commit', { height: String(height + 1n) }), 'signed_header', 'commit')
    const flags = listAt(commit, 'signatures').map((signature) => integerAt(signature, ['block_id_flag']))
    expect(flags.filter((flag) => flag === 2n)).toHaveLength(3)
    const proposed = liar.app
      .process()
      .stderr()
      .includes(`proposes ${height + 1n} on the altered state`)
    const round = integerAt(commit, ['round'], 0n)
    console.log(`altered ${what}: ${proposed ? 'proposed it' : 'was not asked to propose'}, decided in round ${round}`)
    if (proposed) expect(round).toBeGreaterThan(0n)

    await expectRefuted(own, { what, address, height, honest, liar })
  }

  /** What a client makes of the liar's state that sees headers of the others. */
  async function expectRefuted(own: Scope, { what, address, height, honest, liar }: Lie): Promise<void> {
    const store = what === 'score' ? 'epochs' : 'bank'
    const key =
      what === 'score'
        ? epochsKeys.merit('inferer', topic.id, address)
        : bankKeys.balance(parseAddress(address) ?? new Uint8Array(), 'uallo')
    const claimed = async ({ ask }: Validator): Promise<string> => {
      const query = { path: `/store/${store}/key`, data: Buffer.from(key).toString('hex'), height: String(height) }
      return textAt(await ask('abci_query', query), 'response', 'value')
    }
    expect(await claimed(liar)).not.toBe(await claimed(honest))

    const clientWith = async (state: Validator): Promise<Client> => {
      const rpc = await startGateway(own, { headers: honest, state, height: height + 1n })
      return clientOf(own, { rest: state.rest, rpc })
    }
    const read = async (one: Client): Promise<Uint8Array | undefined> => (await one.snapshot()).read(store, key)
    const truth = await read(await clientWith(honest))
    expect(Buffer.from(truth ?? []).toString('base64')).toBe(await claimed(honest))
    const lied = await clientWith(liar)
    await expect(read(lied)).rejects.toMatchObject({ kind: 'refuted' })
    const env = { STARLING_NODE: liar.rest, STARLING_RPC: lied.rpc, STARLING_HOME: own.folder() }
    expect(await run(own, ['ask', String(topic.id)], { env })).toMatchObject({ code: 1, stdout: '' })
  }

  /** Waits until these two see no block for many looks, each with its own vote and the other's; returns their height. */
  async function untilWaiting(alive: readonly [Validator, Validator]): Promise<bigint> {
    let before = ''
    let same = 0
    await eventually('a network that waits', async () => {
      const states = await Promise.all(alive.map((one) => one.ask('consensus_state')))
      const now = states.map((state) => textAt(state, 'round_state', 'height/round/step')).join(' ')
      same = now === before ? same + 1 : 0
      before = now
      return same >= LOOKS ? true : undefined
    })
    const [one, other] = await Promise.all(alive.map((validator) => validator.height()))
    expect(one).toBe(other)
    return one ?? 0n
  }
})

/** Removes state and blocks of both processes; what the validator has signed is kept, so that it signs nothing twice. */
function forgetChain({ home }: Validator): void {
  for (const folder of ['state', 'blocks']) rmSync(join(home, folder), { recursive: true })
  for (const name of readdirSync(join(home, 'data'))) {
    if (name !== 'priv_validator_state.json') rmSync(join(home, 'data', name), { recursive: true })
  }
}
