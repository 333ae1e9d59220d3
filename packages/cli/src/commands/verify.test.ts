import { clone, fromBinary, toBinary } from '@bufbuild/protobuf'
import { formatAddress } from '@starling/protocol/crypto/address'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { AnswerSchema, type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExplainedDocument } from '../explain/explainedDocument.ts'
import { replayOne } from '../explain/replayOne.ts'
import { settleRain } from '../testing/settleRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'
import type { VerifiedDocument, VerifiedSpanDocument } from '../verify/documents.ts'
import { openRecords } from '../verify/openRecords.ts'
import { type Relay, startRelay } from '../verify/testing/startRelay.ts'

let net: TestNet
let relay: Relay
let record: EpochRecord
beforeAll(async () => {
  net = await startTestNet()
  relay = await startRelay(net.node.rpcUrl)
  await settleRain(net, 3)
  record = await net.client.epochUnverified(1n)
})
afterAll(async () => {
  await relay.close()
  await net.close()
})

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Lets the relay serve a changed record of the newest settled epoch, and if told so the hash that fits it. */
function serve(change: (record: EpochRecord) => void, rehashed: boolean): void {
  const changed = clone(EpochRecordSchema, record)
  change(changed)
  const bytes = toBinary(EpochRecordSchema, changed)
  const recordKey = hexOf(rewardsKeys.record(1n, record.nonce))
  const hashKey = hexOf(rewardsKeys.hash(1n, record.nonce))
  relay.alter = (_store, key, value) => {
    if (key === recordKey) return Buffer.concat([Buffer.of(0), bytes])
    return rehashed && key === hashKey ? sha256(bytes) : value
  }
}

async function verifyRelayed(
  ...argv: readonly string[]
): Promise<{ code: number; fields: readonly string[]; stderr: string }> {
  const { code, stdout, stderr } = await net.starling(['verify', 'topic', '1', '--json', '--rpc', relay.url, ...argv])
  const document: VerifiedDocument = JSON.parse(stdout)
  return { code, fields: document.mismatches.map(({ field }) => field), stderr }
}

describe('SPEC QA-2 verify topic', () => {
  it('replays the newest settled epoch in the shape that programs read, and in words', async () => {
    const document = await net.json<VerifiedDocument>('verify', 'topic', 'rain')
    expect(document).toEqual({
      topic: 1,
      nonce: Number(record.nonce),
      source: 'state',
      status: 'match',
      compared: expect.any(Number),
      mismatches: [],
      payments: expect.objectContaining({ events: 'compared' }),
      proof: { status: expect.any(String), height: expect.any(Number), hash: expect.stringMatching(/^[0-9A-F]{64}$/) },
    })
    expect(document.compared).toBeGreaterThan(50)
    const { code, stdout } = await net.starling(['verify', 'topic', '1', '--epoch', String(record.nonce)])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^rain \(topic 1\): replayed from (the first epoch|the full state in the record of epoch \d+)/,
    )
    expect(stdout).toContain(`match: all ${document.compared} stored values are what the replay gives`)
  })

  it('replays all epochs of a span', async () => {
    const document = await net.json<VerifiedSpanDocument>('verify', 'topic', '1', '--from', '1')
    expect(document).toMatchObject({ topic: 1, status: 'match', mismatches: [] })
    const { settledEpochs, voidEpochs, contestedEpochs } = await net.client.topicUnverified(1n)
    expect(document.epochs).toHaveLength(Number(settledEpochs + voidEpochs + contestedEpochs))
    expect(document.compared).toBe(document.epochs.reduce((sum, { compared }) => sum + compared, 0))
    const to = String(record.nonce)
    expect((await net.json<VerifiedSpanDocument>('verify', 'topic', '1', '--to', to)).to).toBe(Number(record.nonce))
  })

  it('ends with 1 and names what was changed, with and without a hash that fits', async () => {
    const changes: readonly (readonly [string, (record: EpochRecord) => void])[] = [
      [
        'payouts[0].amount',
        ({ payouts: [one] }) => one !== undefined && Object.assign(one, { amount: `${one.amount}1` }),
      ],
      [
        'losses.combined',
        ({ losses }) => losses !== undefined && Object.assign(losses, { combined: losses.combined * (1 + 2 ** -52) }),
      ],
      ['logLosses.naive', ({ logLosses }) => logLosses !== undefined && Object.assign(logLosses, { naive: 0.1 })],
      [
        'regrets[0].value',
        ({ regrets: [one] }) => one !== undefined && Object.assign(one, { value: one.value + 1e-9 }),
      ],
      ['weights[0].value', ({ weights: [one] }) => one !== undefined && Object.assign(one, { value: 0.999 })],
      ['scores.reputers[0].value', ({ scores }) => Object.assign(scores?.reputers[0] ?? {}, { value: 0.5 })],
      ['fractions.inferers[0].value', ({ fractions }) => Object.assign(fractions?.inferers[0] ?? {}, { value: 0.5 })],
      ['network.combined[0]', ({ network }) => network?.combined.fill(3)],
      ['truth', (changed) => Object.assign(changed, { truth: 3.25 })],
      ['stateAfter', ({ stateAfter }) => stateAfter.fill(7)],
      ['previous', ({ previous }) => previous.fill(7)],
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...changes), fc.boolean(), async ([field, change], rehashed) => {
        serve(change, rehashed)
        const { code, fields, stderr } = await verifyRelayed()
        expect([code, fields.includes('hash')]).toEqual([1, !rehashed])
        expect(fields).toContain(field)
        expect(stderr).toMatch(/not what the replay gives: .*Do not trust this node/)
      }),
      { numRuns: 25 },
    )
  })

  it('ends with 1 for a changed input, another hash, an altered answer, and bytes that are no record', async () => {
    serve(({ inferences: [one] }) => one?.values.fill(3.65), true)
    expect((await verifyRelayed()).fields).toContain('network.inferers[0].values[0]')
    serve((changed) => Object.assign(changed, { previousNonce: 3n }), false)
    expect(await verifyRelayed()).toMatchObject({ code: 1, fields: ['hash', 'previousNonce'] })
    serve((changed) => Object.assign(changed, { previousNonce: 3n }), true)
    expect(await verifyRelayed()).toMatchObject({ code: 1, fields: ['previousNonce'] })
    relay.alter = (store, _key, value) => (store === 'rewards' && value.length === 32 ? value.fill(1) : value)
    expect((await verifyRelayed()).fields).toContain('hash')
    const isAnswer = (key: string): boolean => Buffer.from(key, 'hex').toString().startsWith('answer/')
    relay.alter = (_store, key, value) => {
      if (!isAnswer(key)) return value
      const answer = fromBinary(AnswerSchema, value)
      return toBinary(AnswerSchema, { ...answer, spread: answer.spread + 1 })
    }
    expect((await verifyRelayed()).fields.some((field) => field.startsWith('answer.'))).toBe(true)
    const recordKey = hexOf(rewardsKeys.record(1n, record.nonce))
    relay.alter = (_store, key, value) => (key === recordKey ? Buffer.from([0, 255, 255, 255]) : value)
    expect(await verifyRelayed()).toMatchObject({ code: 1, fields: expect.arrayContaining(['hash']) })
    relay.alter = (_store, _key, value) => value
    expect(await verifyRelayed()).toMatchObject({ code: 0, fields: [] })
  })

  it('says what is wrong with what was asked', async () => {
    const codeOf = async (...argv: readonly string[]) => (await net.starling(['verify', 'topic', ...argv])).code
    expect(await codeOf('9')).toBe(4)
    expect(await codeOf('1', '--epoch', '999999')).toBe(4)
    expect(await codeOf('1', '--epoch', 'first')).toBe(2)
    expect(await codeOf('1', '--epoch', '5', '--from', '2')).toBe(2)
    expect(await codeOf('1', '--rpc', 'http://127.0.0.1:9')).toBe(3)
  })
})

describe('SPEC QA-2 explain', () => {
  const explain = (address: string, ...argv: readonly string[]) =>
    net.json<ExplainedDocument>('explain', address, '--topic', 'rain', ...argv)

  it('leads from each submission to what the record pays, to the last unit', async () => {
    for (const { address, role, amount } of record.payouts) {
      const document = await explain(address)
      expect(document).toMatchObject({ address, topic: 1, nonce: Number(record.nonce), paid: amount })
      expect(document.reason).toBeUndefined()
      expect(document.lines.at(-1)).toMatchObject({ label: 'paid', value: amount })
      expect(document.lines.find(({ label }) => label === `coins as ${role}`)?.value).toBe(amount)
      const { stdout } = await net.starling(['explain', address, '--topic', '1', '--epoch', 'last'])
      expect(stdout).toContain(`(${amount} uallo)`)
      expect(stdout).toMatch(/^paid +[\d.]+ ALLO {2}coins as \w+$/m)
    }
  })

  it('says why somebody earned nothing', async () => {
    const stranger = formatAddress(new Uint8Array(20))
    expect(await explain(stranger)).toMatchObject({
      paid: '0',
      reason: expect.stringContaining('no submission in the record'),
      lines: [{ label: 'paid', value: '0' }],
    })
  })

  it('refuses to explain a record that does not replay', async () => {
    serve(({ payouts: [one] }) => one !== undefined && Object.assign(one, { amount: '1' }), true)
    const argv = ['explain', record.payouts[0]?.address ?? '', '--topic', '1', '--rpc', relay.url]
    expect(await net.starling(argv)).toMatchObject({ code: 1, stdout: '' })
    const told = replayOne(await openRecords({ rpc: relay.url }, 1n), record.nonce)
    await expect(told).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`"starling verify topic 1 --epoch ${record.nonce}" names what differs`),
    })
    expect((await net.starling(['explain', 'allo1x', '--topic', '1'])).code).toBe(2)
    expect((await net.starling(['explain', record.payouts[0]?.address ?? ''])).code).toBe(2)
  })
})
