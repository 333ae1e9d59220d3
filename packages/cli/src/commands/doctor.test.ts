import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { closeServer, listen } from '@starling/sdk/testing/loopback'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkNodeJs } from '../doctor/checkMachine.ts'
import { checkClock } from '../doctor/checkNode.ts'
import type { Finding } from '../doctor/finding.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

let net: TestNet
beforeAll(async () => {
  net = await startTestNet()
})
afterAll(() => net.close())

type Report = { readonly healthy: boolean; readonly findings: readonly Finding[] }

async function examine(...argv: readonly string[]): Promise<{ readonly code: number; readonly report: Report }> {
  const { code, stdout } = await net.starling(['doctor', '--json', ...argv])
  return { code, report: JSON.parse(stdout) }
}
const findingOf = ({ findings }: Report, check: string): Finding | undefined =>
  findings.find((one) => one.check === check)

describe('doctor', () => {
  it('finds a node that works healthy, and says what is worth knowing', async () => {
    const { code, report } = await examine()
    expect([code, report.healthy]).toEqual([0, true])
    const checks = report.findings.map(({ check }) => check)
    expect(checks).toEqual([
      ...['Node.js', 'keys', 'disk', 'REST server', 'RPC server'],
      ...['versions', 'one chain', 'height', 'clocks', 'topics'],
    ])
    expect(findingOf(report, 'topics')).toEqual({
      check: 'topics',
      status: 'warn',
      found: '0 of 0 active',
      advice: 'Make one: "starling topic create".',
    })
    const { stdout } = await net.starling(['doctor'])
    expect(stdout).toMatch(/^ok {4}Node\.js +\d+\.\d+\.\d+\n/)
    expect(stdout).toContain(
      'warn  topics       0 of 0 active\n                   Make one: "starling topic create".\n',
    )
  })

  it('tells nobody from somebody else, with what to do', async () => {
    const stranger = createServer((_, response) => response.end('hello'))
    const url = await listen(stranger)
    const { code, report } = await examine('--node', 'http://127.0.0.1:9', '--rpc', url)
    await closeServer(stranger)
    expect([code, report.healthy]).toEqual([1, false])
    expect(findingOf(report, 'REST server')).toMatchObject({
      status: 'fail',
      found: 'nobody listens at http://127.0.0.1:9',
      advice: 'Start a node with "npm start", or name the one you mean with --node.',
    })
    expect(findingOf(report, 'RPC server')?.found).toContain(`something at ${url} does not answer as a node`)
    const { stderr } = await net.starling(['doctor', '--node', 'http://127.0.0.1:9', '--rpc', 'http://127.0.0.1:9'])
    expect(stderr).toBe('Unhealthy: 2 of 5 checks failed.\n')
  })

  it('sees a damaged key and one that others may read', async () => {
    const keys = join(net.home, 'keys')
    mkdirSync(keys)
    writeFileSync(join(keys, 'hurt.json'), '{}')
    const { code, report } = await examine()
    expect([code, findingOf(report, 'keys')]).toEqual([
      1,
      expect.objectContaining({
        status: 'fail',
        found: expect.stringMatching(/^unusable: hurt /),
        advice: expect.stringContaining('--recover'),
      }),
    ])
    await net.starling(['keys', 'add', 'open'], { env: { STARLING_PASSPHRASE: 'hush hush hush' } })
    await net.starling(['keys', 'delete', 'hurt', '--yes'])
    chmodSync(join(keys, 'open.json'), 0o644)
    expect(findingOf((await examine()).report, 'keys')).toMatchObject({
      status: 'fail',
      found: 'unusable: open (other users can read it)',
      advice: expect.stringMatching(/^Run "chmod 600 /),
    })
  })

  it('sees a chain that stands still', async () => {
    net.node.engine.stop()
    const { code, report } = await examine('--wait', '0.5')
    expect([code, findingOf(report, 'height')]).toEqual([
      1,
      expect.objectContaining({
        status: 'fail',
        found: expect.stringMatching(/^stands at \d+ since .* within 0\.5 s$/),
      }),
    ])
  })

  it('judges versions and clocks', () => {
    expect(['18.19.1', '20.18.0', '20.19.0', '22.0.0'].map((version) => checkNodeJs(version).status)).toEqual([
      ...['fail', 'fail', 'ok', 'ok'],
    ])
    const block = { height: 7n, timeMs: 1_000_000 }
    expect(checkClock(block, 999_000).status).toBe('ok')
    expect(checkClock(block, 900_000)).toMatchObject({
      status: 'fail',
      found: 'the time of block 7 lies 100 s in the future',
    })
  })
})
