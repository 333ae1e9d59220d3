import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Rain, startRain, startReputing } from '../testing/startRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

let net: TestNet
let rain: Rain
beforeAll(async () => {
  net = await startTestNet()
  rain = await startRain(net)
  writeFileSync(net.file('four.mjs'), 'export const predict = () => 4\n')
})
afterAll(() => net.close())

const truth = (name: string, text: string): string => {
  writeFileSync(net.file(name), text)
  return net.file(name)
}
const report = (file: string, ...argv: readonly string[]) =>
  net.starling(['reputer', '--topic', 'rain', '--truth', file, ...argv])

describe('reputer', () => {
  it('registers, stakes, reports, and shows what each epoch brought', async () => {
    const shaky = truth(
      'shaky.mjs',
      `let asked = 0
export function truth({ topic, nonce }) {
  asked += 1
  if (asked === 1) throw new Error('the gauge is wet')
  if (asked === 2) return null
  if (asked === 3) return { value: 3 }
  console.log(topic.name, typeof nonce)
  return { value: 3.1, source: 'my gauge', observedAt: '2024-08-09' }
}
`,
    )
    const [worker, { code, stdout, stderr }] = await Promise.all([
      net.starling(['worker', '--topic', 'rain', '--model', net.file('four.mjs'), '--epochs', '3']),
      report(shaky, '--stake', '50', '--epochs', '1'),
    ])
    expect([worker.code, code]).toEqual([0, 0])
    expect(stderr).toContain("The local network's dev account gave it 60.000000 ALLO.")
    expect(stderr).toMatch(/the truth cannot be observed yet\. .*shaky\.mjs: the gauge is wet\./)
    expect(stderr).toMatch(/\{ value or label, source, observedAt \} or null was expected, got \{"value":3\}/)
    expect(stderr).toContain('truth: rain number\n')
    expect(stderr).toMatch(/epoch \d+: sent the truth 3\.1, transaction [0-9A-F]{64}\./)
    expect(stdout).toMatch(/epoch \d+: truth 3(\.\d+)?, you reported 3\.1; score [\d.]+, reward \d+\.\d+ ALLO\n$/)
  })

  it('ends cleanly when it is asked to', async () => {
    await rain.stop()
    const rows = rain.reputer.stdout.trim().split('\n')
    expect(rows.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ topic: 1, status: 'settled', truth: 3, reported: 3 }),
    )
  })

  it('warns where nothing is staked', async () => {
    const poor = truth('poor.mjs', "export const truth = () => ({ value: 3, source: 'x' })\n")
    const idle = startReputing(net, poor, undefined)
    await idle.said(/It has no stake in topic 1, so its reports do not count\. Give --stake ALLO\./)
    await idle.stop()
  })

  it.each<[string, () => readonly string[], number, RegExp]>([
    ['no truth', () => ['reputer', '--topic', '1'], 2, /^reputer needs --topic ID and --truth FILE/],
    ['no file', () => ['reputer', '--topic', '1', '--truth', 'no.mjs'], 2, /^There is no file no\.mjs; --truth is/],
    [
      'a module without truth',
      () => ['reputer', '--topic', '1', '--truth', truth('none.mjs', 'export const a = 1\n')],
      2,
      /exports no function named truth\.$/m,
    ],
    [
      'a syntax error',
      () => ['reputer', '--topic', '1', '--truth', truth('bad.mjs', 'export const truth = (\n')],
      2,
      /cannot be used: SyntaxError: .* \(bad\.mjs, line \d\)\.$/m,
    ],
    [
      'a wrong stake',
      () => ['reputer', '--topic', '1', '--truth', net.file('shaky.mjs'), '--stake', '-3'],
      2,
      /^The amount must be an amount above 0/,
    ],
  ])('refuses to begin with %s', async (_, argv, exitCode, sentence) => {
    const { code, stdout, stderr } = await net.starling(argv())
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toMatch(sentence)
  })
})
