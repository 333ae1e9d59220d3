import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { easyPolicy, startTestNet, type TestNet } from '../testing/startTestNet.ts'
import type { ShownTopic } from '../topic/showTopic.ts'

let net: TestNet
beforeAll(async () => {
  net = await startTestNet()
  writeFileSync(net.file('policy.json'), JSON.stringify(easyPolicy))
})
afterAll(() => net.close())

const show = (topic: number) => net.json<ShownTopic>('topic', 'show', String(topic))
const create = async (...argv: readonly string[]): Promise<number> =>
  (await net.json<{ topic: number }>('topic', 'create', ...argv)).topic

describe('topic', () => {
  it('creates topics from templates and from policies, and lists them', async () => {
    const risk = await create('--template', 'risk', '--fund', '2')
    const rain = await create(
      '--file',
      net.file('policy.json'),
      '--name',
      'rain',
      '--epoch-length',
      '12',
      '--window',
      '7',
    )
    expect(await show(risk)).toMatchObject({ name: 'risk', loss: 'log-loss', epochLength: 5, active: false })
    expect((await show(risk)).policy).toMatchObject({
      submissions: 'sealed',
      sealed: { workerCommit: 3, workerReveal: 2, truthCommit: 2, truthReveal: 3, bond: '10000000000000000' },
    })
    const open = await show(await create('--template', 'risk', '--name', 'open', '--plain'))
    expect([open.policy.submissions, open.policy.sealed]).toEqual(['plain', undefined])
    expect(await show(rain)).toMatchObject({
      name: 'rain',
      unit: 'degrees',
      epochLength: 12,
      groundTruthLag: 12,
      workerSubmissionWindow: 7,
      policy: { loss: 'squared', domain: [-1000, 1000], minReputers: 1, truth: 'attested' },
      windows: [],
    })
    const { code, stdout } = await net.starling(['topic', 'list'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ID +NAME +LOSS +ACTIVE/)
    expect(stdout).toMatch(/rain +squared +no/)
    const found = await net.starling(['topic', 'show', 'rain'])
    expect(found.stdout).toContain('no window is open; the topic is inactive: it needs stake and funds')
  })

  it('shows the weight as a number, not as money', async () => {
    await create('--template', 'volatility', '--name', 'weighed', '--fund', '1')
    const { code, stdout, stderr } = await net.starling(['topic', 'show', 'weighed'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^weight: +\S+$/m)
  })

  it('takes exactly what is paid, from the dev account or a key', async () => {
    const id = await create('--template', 'trend', '--name', 'paid')
    const before = BigInt((await show(id)).revenue)
    const paid = await net.json<{ amount: string; from: string }>('topic', 'fund', String(id), '0.25')
    expect(paid.amount).toBe('250000000000000000')
    expect(BigInt((await show(id)).revenue) - before).toBe(250_000_000_000_000_000n)
    const { stdout } = await net.starling(['topic', 'fund', 'paid', '7uallo'])
    expect(stdout).toMatch(
      /^dev paid 7 uallo to topic \d+ \(paid\): its epochs pay a twentieth each out of its escrow\.\nTransaction [0-9A-F]{64} stands in block \d+\.\n$/,
    )
  })

  it.each([
    [['topic', 'fund', '1', '-5'], 2, 'must be an amount above 0'],
    [['topic', 'fund', '1', '0'], 2, 'must be above 0, got "0". Nothing was signed.'],
    [['topic', 'fund', '1', '0.1234567890123456789'], 2, 'at most 18 decimals'],
    [['topic', 'fund', '1', '100.5uallo'], 2, 'must be whole'],
    [['topic', 'fund', '1', '2000000000'], 5, 'insufficient funds. That is the account "dev", allo1'],
    [['topic', 'fund', '1', '1', '--from', 'nobody'], 5, 'does not exist; send it coins first'],
    [['topic', 'fund', '1', '1', '--key', 'nobody'], 2, 'There is no key "nobody"'],
    [['topic', 'fund', '1', '1', '--key', 'a', '--from', 'b'], 2, 'Give --key or --from, not both.'],
    [['topic', 'fund', '99', '1'], 4, 'There is no topic 99 on this chain. "starling topic list" shows'],
    [['topic', 'show', '0'], 2, "A topic's id is a whole number from 1"],
    [['topic', 'show', 'snow'], 4, 'There is no topic named "snow"'],
    [['topic', 'create'], 2, 'needs --template NAME or --file POLICY'],
    [['topic', 'create', '--file', 'x', '--name', 'x', '--plain'], 2, '--plain goes with --template'],
    [['topic', 'create', '--template', 'rain'], 2, '--template must be one of volatility, risk, trend'],
    [
      ['topic', 'create', '--template', 'risk', '--epoch-length', '0'],
      2,
      '--epoch-length must be a whole number from 1',
    ],
    [['topic', 'create', '--template', 'risk', '--epoch-length', '2'], 5, 'epoch_length must be at least 3 blocks'],
    [['topic', 'list', '--node', 'http://127.0.0.1:9'], 3, 'No node answers at http://127.0.0.1:9.'],
    [['topic', 'fund', '1', '1', '--home', '/nowhere'], 2, 'There is no local network in /nowhere'],
  ])('FL-07 %j ends with %i and says why', async (argv, exitCode, sentence) => {
    const { code, stdout, stderr } = await net.starling(argv)
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toContain(sentence)
  })

  it('refuses a policy with its field, before anything is signed', async () => {
    const faulty = async (policy: unknown): Promise<string> => {
      writeFileSync(net.file('faulty.json'), typeof policy === 'string' ? policy : JSON.stringify(policy))
      const { code, stderr } = await net.starling(['topic', 'create', '--name', 'x', '--file', net.file('faulty.json')])
      expect(code).toBe(2)
      return stderr
    }
    expect(await faulty({ ...easyPolicy, domain_highest: -2000 })).toMatch(/^policy\.domain_highest must be above/)
    expect(await faulty({ ...easyPolicy, loss: 'magic' })).toMatch(/^policy\.loss must be one of/)
    expect(await faulty({ ...easyPolicy, submissions: 'sealed' })).toMatch(/^policy\.worker_commit_window must be/)
    expect(await faulty({ ...easyPolicy, colour: 'red' })).toMatch(/faulty\.json: .*colour/)
    expect(await faulty('{')).toMatch(/is no JSON/)
  })
})
