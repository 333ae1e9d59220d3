import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@starling/protocol/bytes/hex'
import { walletFromMnemonic } from '@starling/sdk/wallet/walletFromMnemonic'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'

const MNEMONIC = `${'abandon '.repeat(11)}about`
const ADDRESS = 'allo19rl4cm2hmr8afy4kldpxz3fka4jguq0ajnh7gv'
const PASSPHRASE = 'canary-of-the-passphrase'
const { privateKey } = walletFromMnemonic(MNEMONIC)
const secrets = [
  ...[PASSPHRASE, 'canary-wrong-one', 'abandon abandon', toHex(privateKey), toHex(privateKey).toUpperCase()],
  Buffer.from(privateKey).toString('base64'),
]

let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'starling-secrets-'))
})
afterAll(() => rmSync(home, { recursive: true }))

/** Everything that lies in the home folder. */
function written(): string {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

describe('API-08 secrets', () => {
  it('stand in nothing that commands write, whether they work or fail', async () => {
    const env = { STARLING_PASSPHRASE: PASSPHRASE }
    const wrong = { STARLING_PASSPHRASE: 'canary-wrong-one' }
    const nowhere = ['--url', 'http://127.0.0.1:9']
    const commands: readonly (readonly [readonly string[], Parameters<typeof runWith>[1]])[] = [
      [['keys', 'add', 'k', '--recover'], { env, stdin: MNEMONIC }],
      [['keys', 'add', 'k', '--recover'], { env, stdin: MNEMONIC }],
      [['keys', 'add', 'l', '--recover', '--json'], { env, stdin: `${MNEMONIC} about` }],
      [['keys', 'list'], { env }],
      [['keys', 'list', '--json'], { env }],
      [['keys', 'show', 'k', '--json'], { env }],
      [['keys', 'export', 'k'], { env }],
      [['keys', 'export', 'k', '--unsafe'], { env: wrong }],
      [['tx', 'send', ADDRESS, '1', '--from', 'k', ...nowhere], { env }],
      [['tx', 'send', ADDRESS, '1', '--from', 'k', ...nowhere], { env: wrong }],
      [['stake', 'add', '1', '--topic', '1', '--from', 'k', ...nowhere], { env: wrong }],
    ]
    for (const [argv, options] of commands) {
      const { stdout, stderr } = await runWith([...argv, '--home', home], options)
      const shown = stdout + stderr + written()
      expect([argv.join(' '), secrets.filter((secret) => shown.includes(secret))]).toEqual([argv.join(' '), []])
    }
    expect(written()).toContain('aes256gcm')
  })

  it('lie in files that only their owner can read, and are refused where others can', async () => {
    const file = join(home, 'keys', 'k.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700)
    chmodSync(file, 0o644)
    const { code, stderr } = await runWith(['keys', 'show', 'k', '--home', home], {})
    expect([code, stderr]).toEqual([3, expect.stringContaining(`chmod 600`)])
    chmodSync(file, 0o600)
    expect((await runWith(['keys', 'show', 'k', '--home', home], {})).code).toBe(0)
  })

  it('are derived at bounded cost, whatever a file asks for', async () => {
    const file = join(home, 'keys', 'k.json')
    const text = readFileSync(file, 'utf8')
    for (const [from, to] of [
      [/"N": \d+/, '"N": 1099511627776'],
      [/"r": \d+/, '"r": 1000000'],
      [/"p": \d+/, '"p": 1000000'],
    ] as const) {
      writeFileSync(file, text.replace(from, to))
      const { code, stderr } = await runWith(['keys', 'export', 'k', '--unsafe', '--home', home], {
        env: { STARLING_PASSPHRASE: PASSPHRASE },
      })
      expect([code, stderr]).toEqual([3, expect.stringMatching(/its field scrypt\.[Nrp] is missing or wrong/)])
    }
    writeFileSync(file, text)
  })
})
