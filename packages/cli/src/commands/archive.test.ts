import { readFileSync, writeFileSync } from 'node:fs'
import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { isFoothold } from '@starling/protocol/replay/replayEpochs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatArchiveLine, parseArchiveLine } from '../archive/archiveLine.ts'
import type { ArchiveDocument } from '../archive/runArchive.ts'
import type { ExplainedDocument } from '../explain/explainedDocument.ts'
import { settleRain } from '../testing/settleRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'
import type { VerifiedDocument, VerifiedSpanDocument } from '../verify/documents.ts'
import { startRelay } from '../verify/testing/startRelay.ts'

const RETENTION = 65

let net: TestNet
let file: string
/** The topic's first settled epoch, which leaves the state. */
let old: EpochRecord
let first: ArchiveDocument
let between: ArchiveDocument
let second: ArchiveDocument
beforeAll(async () => {
  net = await startTestNet({ params: { ...devnetGenesis.params, recordRetention: String(RETENTION) } })
  file = net.file('records.jsonl')
  await settleRain(net, 3)
  old = await net.client.epochUnverified(1n)
  first = await net.json<ArchiveDocument>('archive', file)
  await closeEpochs(60)
  between = await net.json<ArchiveDocument>('archive', file)
  await closeEpochs(20)
  second = await net.json<ArchiveDocument>('archive', file, '--topic', 'rain')
})
afterAll(() => net.close())

/** Makes blocks until so many more epochs are closed. */
async function closeEpochs(count: number): Promise<void> {
  const closed = async (): Promise<bigint> => {
    const { settledEpochs, voidEpochs, contestedEpochs } = await net.client.topicUnverified(1n)
    return settledEpochs + voidEpochs + contestedEpochs
  }
  const until = (await closed()) + BigInt(count)
  while ((await closed()) < until) for (let i = 0; i < 20; i++) net.node.engine.mine()
  // What a block has closed is proven by the header of the next.
  net.node.engine.mine()
}

const verify = (...argv: readonly string[]) => net.starling(['verify', 'topic', '1', '--json', ...argv])
const linesOf = (path: string): readonly string[] => readFileSync(path, 'utf8').trimEnd().split('\n')

let copies = 0
/** A copy of the archive with the line of one record changed. */
function copyWith(nonce: bigint, change: (line: string) => string): string {
  const copy = net.file(`changed-${++copies}.jsonl`)
  const changed = linesOf(file).map((line) => (line.includes(`"nonce":"${nonce}"`) ? change(line) : line))
  writeFileSync(copy, `${changed.join('\n')}\n`)
  return copy
}

describe('SPEC GR-3 an archive of a network whose records leave the state', () => {
  it('takes every record once, and goes on from where it stopped', async () => {
    const [before] = first.topics
    const [after] = second.topics
    expect(before).toMatchObject({ topic: 1, records: before?.added, from: Number(await oldestNonce()) })
    expect(before?.added).toBeGreaterThanOrEqual(3)
    const added = [first, between, second].map(({ topics: [topic] }) => topic?.added ?? 0)
    expect(added.every((count) => count > 0)).toBe(true)
    expect(after).toMatchObject({ from: before?.from, records: added.reduce((sum, count) => sum + count, 0) })
    expect(after?.records).toBeGreaterThan(RETENTION + 10)
    expect(linesOf(file)).toHaveLength(after?.records ?? 0)
    expect(second).toMatchObject({ file, mended: 0, damaged: [], proof: { status: 'verified' } })
    const again = await net.json<ArchiveDocument>('archive', file)
    expect(again.topics).toEqual([{ ...after, added: 0 }])
    const { code, stdout } = await net.starling(['archive', file])
    expect(code).toBe(0)
    expect(stdout).toMatch(/TOPIC +ADDED +RECORDS +FROM +TO\n +1 +0 +\d+ /)
  })

  it('serves what has left the state: it verifies against the hashes that are still there, from the first epoch on', async () => {
    const epoch = String(old.nonce)
    const gone = await verify('--epoch', epoch)
    expect(gone).toMatchObject({ code: 4, stdout: '' })
    expect(gone.stderr).toContain('has left the state, as old records do; its hash is still there. Give a file that')
    const one: VerifiedDocument = JSON.parse((await verify('--epoch', epoch, '--archive', file)).stdout)
    expect(one).toMatchObject({ nonce: Number(old.nonce), source: 'archive', status: 'match', mismatches: [] })
    const all: VerifiedSpanDocument = JSON.parse((await verify('--from', '1', '--archive', file)).stdout)
    expect(all).toMatchObject({ status: 'match', mismatches: [], epochs: { length: second.topics[0]?.records ?? 0 } })
    const sources = all.epochs.map(({ source }) => source)
    expect(sources.filter((source) => source === 'state')).toHaveLength(RETENTION)
    expect(sources.lastIndexOf('archive')).toBeLessThan(sources.indexOf('state'))
    const { stdout } = await net.starling(['verify', 'topic', '1', '--epoch', epoch, '--archive', file])
    expect(stdout).toMatch(/\d+ of \d+ records have left the state and come from .*records\.jsonl/)
  })

  it('has a full state in reach of every epoch', () => {
    const records = linesOf(file).map((line) =>
      fromBinary(EpochRecordSchema, parseArchiveLine(line).record?.bytes ?? new Uint8Array()),
    )
    const oldestFirst = records.toSorted((a, b) => Number(a.nonce - b.nonce))
    const every64th = oldestFirst.filter((_, i) => i % 64 === 0)
    expect(every64th.map((record) => isFoothold({ record }))).toEqual([true, true])
    expect(every64th[1]?.fullState.length).toBeGreaterThan(0)
  })

  it('explains an old epoch to the last unit', async () => {
    for (const { address, amount } of old.payouts) {
      const argv = ['explain', address, '--topic', 'rain', '--epoch', String(old.nonce), '--archive', file]
      expect(await net.json<ExplainedDocument>(...argv)).toMatchObject({ paid: amount, nonce: Number(old.nonce) })
    }
  })

  it('with one byte of a record changed fails with 1, names record, line and field, with and without a sum that fits', async () => {
    const change = (line: string): string => {
      const { record } = parseArchiveLine(line)
      if (record === undefined) throw new Error('no record')
      const changed = fromBinary(EpochRecordSchema, record.bytes)
      Object.assign(changed.losses ?? {}, { combined: (changed.losses?.combined ?? 0) * (1 + 2 ** -52) })
      return formatArchiveLine({ ...record, bytes: toBinary(EpochRecordSchema, changed) })
    }
    const sumOf = (line: string): string => line.slice(line.indexOf('","sum"'))
    const changed = [
      copyWith(old.nonce, change),
      copyWith(old.nonce, (line) => change(line).replace(sumOf(change(line)), sumOf(line))),
    ]
    for (const copy of changed) {
      const { code, stdout, stderr } = await verify('--epoch', String(old.nonce), '--archive', copy)
      const document: VerifiedDocument = JSON.parse(stdout)
      expect(code).toBe(1)
      expect(document.mismatches.map(({ field }) => field)).toEqual(['hash', 'losses.combined'])
      expect(stderr).toContain(
        `Do not trust ${copy}: the record of epoch ${old.nonce} in it is not what the chain keeps`,
      )
      const argv = [
        'explain',
        old.payouts[0]?.address ?? '',
        '--topic',
        '1',
        '--epoch',
        `${old.nonce}`,
        '--archive',
        copy,
      ]
      const explained = await net.starling(argv)
      expect(explained).toMatchObject({ code: 1, stdout: '' })
      expect(explained.stderr).toContain(`--epoch ${old.nonce} --archive ${copy}" names what differs`)
    }
  })

  it('with any byte of a line changed that a replay needs fails with 1 and names the line or the record', async () => {
    const line = linesOf(file).findIndex((text) => text.includes(`"nonce":"${old.nonce}"`)) + 1
    const { length } = linesOf(file)[line - 1] ?? ''
    for (const at of [0, 3, 15, 40, 60, 80, 200, Math.floor(length / 2), length - 70, length - 20, length - 1]) {
      const copy = copyWith(old.nonce, (text) => {
        const bytes = Buffer.from(text)
        bytes[at] = (bytes[at] ?? 0) ^ 1
        return bytes.toString('latin1')
      })
      const { code, stderr } = await verify('--epoch', String(old.nonce), '--archive', copy)
      expect([at, code]).toEqual([at, 1])
      expect(stderr).toMatch(new RegExp(`line ${line}|record of epoch ${old.nonce}`))
    }
  })

  it('tells of damage that a replay does not need, and takes damaged records anew while the state has them', async () => {
    const newest = BigInt(second.topics[0]?.to ?? 0)
    const copy = copyWith(newest, (line) => line.replace('"topic"', '"toxic"'))
    const unconcerned = await verify('--epoch', String(old.nonce), '--archive', copy)
    expect(unconcerned.code).toBe(0)
    expect(unconcerned.stderr).toContain(`${copy} is damaged: line `)
    const mended = await net.starling(['archive', copy, '--json'])
    expect(mended).toMatchObject({ code: 0, stderr: expect.stringContaining('All records are in it all the same.') })
    expect(JSON.parse(mended.stdout).topics[0]).toMatchObject({ added: 1, records: second.topics[0]?.records })

    const lost = copyWith(old.nonce, (line) => line.replace('"topic"', '"toxic"'))
    const { code, stdout, stderr } = await net.starling(['archive', lost, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout).topics[0]).toMatchObject({ added: 0, missing: Number(old.nonce) })
    expect(stderr).toContain(`${lost} is damaged: line `)
  })

  it('begun too late says where it begins', async () => {
    const late = net.file('late.jsonl')
    const { stdout } = await net.starling(['archive', late])
    const [topic] = (await net.json<ArchiveDocument>('archive', late)).topics
    expect(topic).toMatchObject({ added: 0, records: RETENTION, missing: expect.any(Number) })
    expect(stdout).toContain(`Epoch ${topic?.missing} of topic 1 had left the state: ${late} begins after it.`)
    const told = await verify('--epoch', String(old.nonce), '--archive', late)
    expect(told).toMatchObject({ code: 4, stderr: expect.stringContaining(`${late} has it neither`) })
  })

  it('takes nothing of a node that lies about a record', async () => {
    const relay = await startRelay(net.node.rpcUrl)
    const isRecord = (key: string): boolean => Buffer.from(key, 'hex').toString().startsWith('record/')
    relay.alter = (_store, key, value) => (isRecord(key) ? value.fill(2, value.length - 1) : value)
    const lied = net.file('lied.jsonl')
    const { code, stdout, stderr } = await net.starling(['archive', lied, '--rpc', relay.url])
    await relay.close()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/the value of rewards\/record\/\S+ after block \d+ is refuted/)
    expect(readFileSync(lied, 'utf8')).toBe('')
  })

  it('says what is wrong with what was asked', async () => {
    writeFileSync(net.file('notes.txt'), 'notes')
    expect(await net.starling(['archive', net.file('notes.txt')])).toMatchObject({ code: 2 })
    expect(readFileSync(net.file('notes.txt'), 'utf8')).toBe('notes')
    expect(await net.starling(['archive', net.file('none/records.jsonl')])).toMatchObject({ code: 3 })
    expect(await net.starling(['archive', net.file('x.jsonl'), '--topic', 'snow'])).toMatchObject({ code: 4 })
    expect(await verify('--archive', net.file('none.jsonl'))).toMatchObject({ code: 3 })
    const foreign = copyWith(old.nonce, (line) => line)
    writeFileSync(
      foreign,
      linesOf(file)
        .map((line) => `${asOther(line)}\n`)
        .join(''),
    )
    expect(await verify('--archive', foreign)).toMatchObject({ code: 2, stderr: expect.stringContaining('of other-1') })
  })
})

function asOther(line: string): string {
  const { record } = parseArchiveLine(line)
  if (record === undefined) throw new Error('no record')
  return formatArchiveLine({ ...record, chainId: 'other-1' })
}

async function oldestNonce(): Promise<bigint> {
  const { record } = parseArchiveLine(linesOf(file)[first.topics[0]?.records ? first.topics[0].records - 1 : 0] ?? '')
  expect(record?.previousNonce).toBe(0n)
  return record?.nonce ?? 0n
}
