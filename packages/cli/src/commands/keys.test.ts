import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'

const PHRASE = `${'abandon '.repeat(11)}about`
const ADDRESS = 'allo19rl4cm2hmr8afy4kldpxz3fka4jguq0ajnh7gv'
const PASSPHRASE = 'correct horse battery'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'starling-keys-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const fileOf = (name: string) => join(home, 'keys', `${name}.json`)
const keys = (argv: readonly string[], options: Parameters<typeof runWith>[1] = {}) =>
  runWith(['keys', ...argv, '--home', home], { env: { STARLING_PASSPHRASE: PASSPHRASE }, ...options })
const recover = (name: string, stdin: string) => keys(['add', name, '--recover'], { stdin })

describe('FL-33 keys add --recover', () => {
  it.each([
    ['as it is', PHRASE],
    ['with two spaces before the last word', PHRASE.replace(' about', '  about')],
    ['with a line feed at its end', `${PHRASE}\n`],
    ['with CR LF at its end', `${PHRASE}\r\n`],
    ['with tabs', PHRASE.replaceAll(' ', '\t')],
    ['in upper case', PHRASE.toUpperCase()],
    ['with a byte-order mark and blanks around it', `\ufeff  ${PHRASE}  \n\n`],
    ['over several lines', PHRASE.replaceAll(' ', '\n')],
  ])('gives one address for the test phrase %s', async (_, stdin) => {
    expect(await recover('k', stdin)).toEqual({ code: 0, stdout: `${ADDRESS}\n`, stderr: '' })
    expect((await keys(['show', 'k', '--address'])).stdout).toBe(`${ADDRESS}\n`)
  })

  it.each<[string, string, RegExp]>([
    ['nothing', '', /^The mnemonic is empty/],
    ['an empty line', '\n', /^The mnemonic is empty/],
    ['eleven words', 'abandon '.repeat(11), /^The mnemonic has 11 words/],
    ['a bad checksum', 'abandon '.repeat(12), /checksum is wrong/],
    ['a word that is none', PHRASE.replace('about', 'abuot'), /^Word 12 of the mnemonic is not in the English/],
    ['a megabyte', 'abandon '.repeat(131072), /more than the 4096 bytes/],
  ])('refuses %s and writes nothing', async (_, stdin, sentence) => {
    const { code, stdout, stderr } = await recover('k', stdin)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toContain('abandon')
    expect(existsSync(join(home, 'keys'))).toBe(false)
  })

  it('refuses the same name twice and leaves the first key as it is', async () => {
    await recover('k', PHRASE)
    const before = readFileSync(fileOf('k'))
    for (const again of [await recover('k', PHRASE), await keys(['add', 'k'])]) {
      expect([again.code, again.stdout]).toEqual([2, ''])
      expect(again.stderr).toMatch(/^There is a key "k" already/)
    }
    expect(readFileSync(fileOf('k'))).toEqual(before)
  })
})

describe('keys', () => {
  it('shows the words of a new key once, which bring it back', async () => {
    const { code, stdout } = await keys(['add', 'alice', '--json'])
    const made = JSON.parse(stdout)
    expect([code, made.name, made.mnemonic.split(' ').length]).toEqual([0, 'alice', 24])
    const text = readFileSync(fileOf('alice'), 'utf8')
    for (const word of made.mnemonic.split(' ')) expect(text).not.toContain(` ${word} `)
    expect((await recover('again', made.mnemonic)).stdout).toBe(`${made.address}\n`)
    const { stdout: exported } = await keys(['export', 'alice', '--unsafe'])
    expect(exported).toMatch(/^[0-9a-f]{64}\n$/)
    expect((await keys(['export', 'again', '--unsafe'])).stdout).toBe(exported)
  })

  it('are files that only their owner reads', async () => {
    await recover('k', PHRASE)
    expect(statSync(fileOf('k')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700)
  })

  it('list, show, export and delete', async () => {
    expect((await keys(['list'])).stderr).toMatch(/^There is no key yet/)
    await recover('bob', PHRASE)
    writeFileSync(fileOf('broken'), '{')
    writeFileSync(join(home, 'keys', 'README'), 'not a key')
    const listed = await keys(['list'])
    expect(listed.stdout).toBe(`NAME  ADDRESS\nbob   ${ADDRESS}\n`)
    expect(listed.stderr).toBe(
      'The file of the key "broken" cannot be used: it is no JSON. Recover the key from its words: "starling keys add NAME --recover" under another name.\n',
    )
    const json = JSON.parse((await keys(['list', '--json'])).stdout)
    expect(json.map((key: { name: string; address: string | null }) => [key.name, key.address])).toEqual([
      ['bob', ADDRESS],
      ['broken', null],
    ])
    expect((await keys(['export', 'bob'])).stderr).toMatch(/Give --unsafe/)
    const exported = await keys(['export', 'bob', '--unsafe'])
    expect(exported.stdout).toBe('c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104\n')
    expect(await keys(['delete', 'bob'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(await keys(['delete', 'bob', '--yes'])).toMatchObject({ code: 0, stdout: '' })
    expect(readdirSync(join(home, 'keys'))).toEqual(['README', 'broken.json'])
    expect(await keys(['show', 'bob'])).toMatchObject({
      code: 2,
      stderr: 'There is no key "bob". There are: broken.\n',
    })
    expect(await keys(['show', 'broken'])).toMatchObject({ code: 3, stderr: expect.stringMatching(/it is no JSON/) })
  })

  it.each(['', '../k', 'a/b', 'Alice', '.hidden', 'a'.repeat(65)])('refuse the name %j', async (name) => {
    const { code, stderr } = await recover(name, PHRASE)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^A key's name has 1 to 64 characters/)
  })
})

describe('the passphrase', () => {
  it('comes from a file, whose last line feed does not count', async () => {
    const file = join(home, 'passphrase')
    writeFileSync(file, `${PASSPHRASE}\r\n`)
    const added = await keys(['add', 'k', '--recover', '--passphrase-file', file], { stdin: PHRASE, env: {} })
    expect(added.code).toBe(0)
    expect((await keys(['export', 'k', '--unsafe'])).code).toBe(0)
  })

  it('is asked for twice without being shown, and typed ahead', async () => {
    const stdin = `${PHRASE}\n`
    const added = await keys(['add', 'k', '--recover'], { stdin, terminal: true })
    expect(added).toEqual({
      code: 0,
      stdout: `${ADDRESS}\n`,
      stderr: expect.stringContaining('The words of the key: \n'),
    })
    expect(added.stderr).not.toContain('abandon')
    const made = await keys(['add', 'new'], { stdin: `${PASSPHRASE}\n${PASSPHRASE}\n`, terminal: true, env: {} })
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('New passphrase: \nAgain: \n') })
    expect(made.stderr).not.toContain(PASSPHRASE)
    const differ = await keys(['add', 'other'], { stdin: 'one two three\none two four\n', terminal: true, env: {} })
    expect(differ).toMatchObject({ code: 2, stderr: expect.stringContaining('The two passphrases differ') })
    expect(readdirSync(join(home, 'keys'))).toEqual(['k.json', 'new.json'])
  })

  it('ends the command on Ctrl-C and Ctrl-D', async () => {
    for (const stdin of ['secret\u0003', '\u0004']) {
      const { code, stderr } = await keys(['add', 'k'], { stdin, terminal: true, env: {} })
      expect([code, stderr]).toEqual([2, 'New passphrase: \nCancelled; nothing was changed.\n'])
    }
    expect(existsSync(join(home, 'keys'))).toBe(false)
  })

  it.each<[string, Readonly<Record<string, string>>, readonly string[], number, RegExp]>([
    ['without a terminal', {}, [], 2, /Set STARLING_PASSPHRASE or give --passphrase-file FILE/],
    ['that is empty', { STARLING_PASSPHRASE: '' }, [], 2, /^The passphrase is empty/],
    ['of a file that is not there', {}, ['--passphrase-file', '/nowhere/p'], 3, /^\/nowhere\/p cannot be read: ENOENT/],
  ])('%s is refused and nothing is written', async (_, env, flags, expected, sentence) => {
    const { code, stderr } = await keys(['add', 'k', '--recover', ...flags], { stdin: PHRASE, env })
    expect(code).toBe(expected)
    expect(stderr).toMatch(sentence)
    expect(existsSync(join(home, 'keys'))).toBe(false)
  })

  it('that is wrong, or a changed file, opens nothing', async () => {
    await recover('k', PHRASE)
    const wrong = await keys(['export', 'k', '--unsafe'], { env: { STARLING_PASSPHRASE: 'wrong horse' } })
    expect(wrong).toEqual({
      code: 2,
      stdout: '',
      stderr: 'The passphrase of the key "k" is wrong, or its file was changed.\n',
    })
    const other = 'allo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqas6usy'
    writeFileSync(fileOf('k'), readFileSync(fileOf('k'), 'utf8').replace(ADDRESS, other))
    expect((await keys(['export', 'k', '--unsafe'])).code).toBe(2)
  })
})
