import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ArchivedRecord, formatArchiveLine } from './archiveLine.ts'
import { indexArchive } from './indexArchive.ts'
import { openArchive } from './openArchive.ts'
import { openArchiveWriter } from './openArchiveWriter.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-archive-'))
  file = join(folder, 'records.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const recordOf = (nonce: bigint, size = 10): ArchivedRecord => ({
  chainId: 'chain-1',
  topicId: 1n,
  nonce,
  previousNonce: nonce - 1n,
  bytes: new Uint8Array(size).fill(Number(nonce)),
})

async function write(...list: readonly ArchivedRecord[]): Promise<Buffer> {
  const writer = await openArchiveWriter(file, 'chain-1')
  for (const record of list) await writer.append(record)
  await writer.flush()
  await writer.close()
  return readFileSync(file)
}

describe('an archive file', () => {
  it('gives back what was appended in several sittings, lines longer than what is read at once too', async () => {
    await write(recordOf(3n, 3_000_000), recordOf(2n))
    await write(recordOf(1n, 2_000_000))
    const archive = await openArchive(file, 'chain-1')
    for (const [nonce, size] of [
      [1n, 2_000_000],
      [2n, 10],
      [3n, 3_000_000],
    ] as const) {
      expect(archive.gave(1n, nonce)).toBe(false)
      expect(Buffer.from((await archive.read(1n, nonce)) ?? []).equals(recordOf(nonce, size).bytes)).toBe(true)
      expect(archive.gave(1n, nonce)).toBe(true)
    }
    expect(await archive.read(1n, 4n)).toBeUndefined()
    expect(await archive.read(2n, 1n)).toBeUndefined()
    expect([archive.gave(1n, 4n), archive.fault, archive.usedDamage()]).toEqual([false, undefined, false])
  })

  it('cut short anywhere loses the cut entry alone, which the next writer takes off and writes anew', async () => {
    const whole = await write(recordOf(2n), recordOf(1n))
    const first = whole.indexOf('\n') + 1
    for (let size = 0; size < whole.length; size++) {
      writeFileSync(file, whole.subarray(0, size))
      const torn = size < first ? size : size - first
      expect(await indexArchive(file)).toMatchObject({ damaged: [], torn, size: size - torn })
      const writer = await openArchiveWriter(file, 'chain-1')
      expect(writer.mended).toBe(torn)
      expect(writer.count(1n)).toBe(size < first ? 0 : 1)
      for (const nonce of [2n, 1n]) {
        if (writer.previousOf(1n, nonce) === undefined) await writer.append(recordOf(nonce))
      }
      await writer.close()
      expect(readFileSync(file)).toEqual(whole)
    }
  })

  it('names every line that is not what was written, and reads the others', async () => {
    const whole = await write(recordOf(3n), recordOf(2n), recordOf(1n))
    for (let at = 0; at < whole.length - 1; at++) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      writeFileSync(file, flipped)
      const line = whole.subarray(0, at).filter((byte) => byte === 10).length + 1
      const { damaged, torn } = await indexArchive(file)
      expect(torn).toBe(0)
      expect(damaged.map((one) => one.line)).toContain(line)
      expect(damaged.length).toBeLessThanOrEqual(2)
      const archive = await openArchive(file, 'chain-1')
      expect(archive.fault).toContain(`${file} is damaged: line`)
      const other = BigInt(line === 1 ? 1 : 3)
      expect(await archive.read(1n, other)).toEqual(recordOf(other).bytes)
      expect(archive.usedDamage()).toBe(false)
    }
  })

  it('prefers a sound line of a record to a damaged one, and says when it had only that', async () => {
    const bad = (nonce: bigint) => formatArchiveLine(recordOf(nonce)).replace('"record":"A', '"record":"B')
    writeFileSync(file, [bad(1n), formatArchiveLine(recordOf(1n)), bad(2n), bad(1n), ''].join('\n'))
    const archive = await openArchive(file, 'chain-1')
    expect(await archive.read(1n, 1n)).toEqual(recordOf(1n).bytes)
    expect(archive.usedDamage()).toBe(false)
    expect(await archive.read(1n, 2n)).not.toEqual(recordOf(2n).bytes)
    expect(archive.usedDamage()).toBe(true)
    expect(archive.fault).toBe(
      `${file} is damaged: lines 1 (topic 1, epoch 1), 3 (topic 1, epoch 2), 4 (topic 1, epoch 1) are not what "starling archive" wrote. Get another copy of it.`,
    )
    const writer = await openArchiveWriter(file, 'chain-1')
    expect([writer.previousOf(1n, 1n), writer.previousOf(1n, 2n)]).toEqual([0n, undefined])
    await writer.close()
  })

  it('of another chain, of several, or that is something else is refused and left as it is', async () => {
    const refusals: readonly (readonly [string, string])[] = [
      [`${formatArchiveLine({ ...recordOf(1n), chainId: 'other' })}\n`, 'has records of other; the node is of chain-1'],
      ['my notes, the only copy', 'is no archive of "starling archive", and is left as it is'],
      ['line\nline\n', 'is no archive'],
      [
        [recordOf(1n), { ...recordOf(2n), chainId: 'other' }].map((one) => `${formatArchiveLine(one)}\n`).join(''),
        'has records of chain-1 and, in line 2, of other',
      ],
    ]
    for (const [text, sentence] of refusals) {
      writeFileSync(file, text)
      await expect(openArchiveWriter(file, 'chain-1')).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringContaining(sentence),
      })
      expect(readFileSync(file, 'utf8')).toBe(text)
    }
    await expect(openArchive(join(folder, 'none'), 'x')).rejects.toMatchObject({ exitCode: 3 })
    await expect(openArchiveWriter(folder, 'x')).rejects.toMatchObject({ exitCode: 3 })
  })
})
