import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CliError } from '../cliError.ts'
import { formatKeyFile, type KeyFile, parseKeyFile } from './keyFile.ts'
import { openKeyStore } from './keyStore.ts'
import { openKey, sealKey } from './sealKey.ts'

const cheap = { N: 2, r: 1, p: 1 }
const privateKey = new Uint8Array(32).fill(7)
const seal = (name: string) => sealKey({ name, privateKey }, 'secret', cheap)

let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'starling-store-'))
})
afterAll(() => rmSync(home, { recursive: true }))

describe('a sealed key', () => {
  it('opens with its passphrase only, however its letters are composed', async () => {
    const file = await sealKey({ name: 'k', privateKey }, 'caf\u00e9', cheap)
    expect(await openKey(file, 'cafe\u0301')).toEqual(privateKey)
    expect(await openKey(file, 'cafe')).toBeUndefined()
    expect(await openKey(file, '')).toBeUndefined()
  })

  it('is another file each time', async () => {
    const [first, second] = [await seal('k'), await seal('k')]
    expect(first.aes256gcm.ciphertext).not.toBe(second.aes256gcm.ciphertext)
    expect(first.scrypt.salt).not.toBe(second.scrypt.salt)
  })

  it('does not open after any change of what it says', async () => {
    const file = await seal('k')
    const flip = (text: string) => {
      const bytes = Buffer.from(text, 'base64')
      bytes[0] = (bytes[0] ?? 0) ^ 1
      return bytes.toString('base64')
    }
    const { scrypt, aes256gcm } = file
    const changed: readonly KeyFile[] = [
      { ...file, name: 'other' },
      { ...file, address: 'allo1other' },
      {
        ...file,
        publicKey:
          `03${file.publicKey.slice(2)}` === file.publicKey
            ? `02${file.publicKey.slice(2)}`
            : `03${file.publicKey.slice(2)}`,
      },
      { ...file, scrypt: { ...scrypt, N: 4 } },
      { ...file, scrypt: { ...scrypt, salt: flip(scrypt.salt) } },
      { ...file, aes256gcm: { ...aes256gcm, nonce: flip(aes256gcm.nonce) } },
      { ...file, aes256gcm: { ...aes256gcm, tag: flip(aes256gcm.tag) } },
      { ...file, aes256gcm: { ...aes256gcm, ciphertext: flip(aes256gcm.ciphertext) } },
    ]
    for (const one of changed) expect(await openKey(one, 'secret')).toBeUndefined()
    expect(await openKey(file, 'secret')).toEqual(privateKey)
  })
})

describe('a key file', () => {
  it('reads back, and names what is missing or wrong', async () => {
    const file = await seal('k')
    expect(parseKeyFile(formatKeyFile(file))).toEqual(file)
    const faultOf = (change: object) => parseKeyFile(JSON.stringify({ ...file, ...change }))
    expect(parseKeyFile(formatKeyFile(file).slice(0, 40))).toEqual({ fault: 'it is no JSON' })
    expect(parseKeyFile('[]')).toEqual({ fault: 'it is not the record of a key' })
    expect(faultOf({ version: 2 })).toEqual({ fault: 'its field version is missing or wrong' })
    expect(faultOf({ scrypt: { ...file.scrypt, N: 2 ** 40 } })).toEqual({
      fault: 'its field scrypt.N is missing or wrong',
    })
    expect(faultOf({ scrypt: { ...file.scrypt, N: 3 } })).toEqual({ fault: 'its field scrypt.N is missing or wrong' })
    expect(faultOf({ aes256gcm: { ...file.aes256gcm, tag: 'AA==' } })).toEqual({
      fault: 'its field aes256gcm.tag is missing or wrong',
    })
  })
})

describe('the key store', () => {
  it('lets only one of many writers have a name', async () => {
    const files = await Promise.all(Array.from({ length: 8 }, () => seal('one')))
    // Stores of their own, as processes have them.
    const outcomes = await Promise.allSettled(files.map((file) => openKeyStore(home).add(file)))
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(failed).toHaveLength(7)
    for (const { reason } of failed)
      expect(reason).toMatchObject({ exitCode: 2, message: /^There is a key "one" already/ })
    const winner = files[outcomes.findIndex(({ status }) => status === 'fulfilled')]
    expect(await openKeyStore(home).read('one')).toEqual(winner)
  })

  it('refuses a file that was renamed', async () => {
    const store = openKeyStore(home)
    await store.add(await seal('first'))
    writeFileSync(join(home, 'keys', 'second.json'), readFileSync(join(home, 'keys', 'first.json')))
    await expect(store.read('second')).rejects.toThrow(/it holds the key "first"/)
    expect(await store.list()).toContainEqual({
      name: 'second',
      fault: 'it holds the key "first"',
      remedy: expect.stringContaining('--recover'),
    })
  })

  it('says what the system refuses', async () => {
    const file = join(home, 'file')
    writeFileSync(file, '')
    await expect(openKeyStore(file).add(await seal('k'))).rejects.toThrow(CliError)
    await expect(openKeyStore(file).add(await seal('k'))).rejects.toMatchObject({ exitCode: 3 })
    await mkdir(join(home, 'keys', 'folder.json'), { recursive: true })
    await expect(openKeyStore(home).read('folder')).rejects.toMatchObject({ exitCode: 3 })
  })
})
