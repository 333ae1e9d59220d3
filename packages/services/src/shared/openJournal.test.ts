import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JournalEntry } from './journal.ts'
import { openJournal } from './openJournal.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-journal-'))
})
afterAll(() => rm(folder, { recursive: true }))

const entry: JournalEntry = { topic: 1n, nonce: 40n, role: 'worker', hash: 'AB', state: 'sent' }
const line = '{"topic":1,"nonce":40,"role":"worker","hash":"AB","state":"sent"}\n'

describe('a journal', () => {
  it('remembers the newest entry of each nonce and role over a restart', async () => {
    const file = join(folder, 'kept')
    const first = await openJournal(file)
    await first.write({ ...entry, hash: '', state: 'sending' })
    await Promise.all([first.write(entry), first.write({ ...entry, nonce: 44n, state: 'refused' })])
    await first.close()
    const second = await openJournal(file)
    expect(second.find({ topic: 1n, nonce: 40n, role: 'worker' })).toEqual(entry)
    expect(second.find({ topic: 1n, nonce: 44n, role: 'worker' })?.state).toBe('refused')
    expect(second.find({ topic: 1n, nonce: 40n, role: 'reputer' })).toBeUndefined()
    expect(second.find({ topic: 2n, nonce: 40n, role: 'worker' })).toBeUndefined()
    await second.close()
  })

  it.each([1, 20, line.length - 1])('drops a last line that was cut off after %i bytes', async (bytes) => {
    const file = join(folder, `torn${bytes}`)
    await writeFile(file, line + line.replace('40', '44').slice(0, bytes))
    const journal = await openJournal(file)
    expect(journal.find({ topic: 1n, nonce: 40n, role: 'worker' })).toEqual(entry)
    expect(journal.find({ topic: 1n, nonce: 44n, role: 'worker' })).toBeUndefined()
    await journal.write({ ...entry, nonce: 48n })
    await journal.close()
    expect(await readFile(file, 'utf8')).toBe(line + line.replace('40', '48'))
  })

  it.each([
    'nonsense',
    '{}',
    'null',
    line.replace('sent', 'flown'),
    line.replace('1', '1.5'),
    line.replace('"AB"', '7'),
  ])('names a damaged line, and leaves the file as it is: %s', async (bad) => {
    const file = join(folder, 'damaged')
    const text = `${line}${bad.trim()}\n${line}`
    await writeFile(file, text)
    await expect(openJournal(file)).rejects.toThrow(`${file}, line 2, is no journal entry`)
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  it('fails to write once it is closed', async () => {
    const file = join(folder, 'closed')
    await appendFile(file, line)
    const journal = await openJournal(file)
    await journal.close()
    await expect(journal.write(entry)).rejects.toThrow()
  })
})
