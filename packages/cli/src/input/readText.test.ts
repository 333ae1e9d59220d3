import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readText } from './readText.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-text-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const streams = (stdin = '') => {
  const io = { stdin: new PassThrough(), stderr: new PassThrough() }
  io.stdin.end(stdin)
  return io
}

it('reads a file or standard input, without a byte-order mark', async () => {
  const path = join(folder, 'text')
  writeFileSync(path, '\ufeffgr\u00fc\u00dfe')
  expect(await readText(path, 100, streams())).toBe('gr\u00fc\u00dfe')
  expect(await readText('-', 100, streams('piped'))).toBe('piped')
})

it.each<[string, () => string, number, RegExp]>([
  ['a file that is not there', () => join(folder, 'none'), 3, /none cannot be read: ENOENT.*\.$/],
  ['a folder', () => folder, 3, /cannot be read: EISDIR/],
  ['what is too long', () => join(folder, 'long'), 2, /long has more than the 100 bytes allowed\.$/],
  ['what is no UTF-8', () => join(folder, 'latin'), 2, /latin is not UTF-8 text\.$/],
])('refuses %s', async (_, pathOf, exitCode, message) => {
  writeFileSync(join(folder, 'long'), 'x'.repeat(101))
  writeFileSync(join(folder, 'latin'), Buffer.from([0x67, 0x72, 0xfc]))
  await expect(readText(pathOf(), 100, streams())).rejects.toMatchObject({
    exitCode,
    message: expect.stringMatching(message),
  })
})

it('says on a terminal what it waits for', async () => {
  const { stdin, stderr } = streams('typed')
  expect(await readText('-', 100, { stdin: Object.assign(stdin, { isTTY: true }), stderr })).toBe('typed')
  expect(String(stderr.read())).toBe('Reading from the terminal; Ctrl-D ends the text.\n')
})
