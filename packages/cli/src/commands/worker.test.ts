import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { closeServer, listen } from '@starling/sdk/testing/loopback'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveRun } from '../testing/liveRun.ts'
import { type Rain, startRain } from '../testing/startRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'
import type { ResultRow } from '../worker/resultBook.ts'

let net: TestNet
let rain: Rain
beforeAll(async () => {
  net = await startTestNet()
  rain = await startRain(net)
})
afterAll(async () => {
  await rain.stop()
  await net.close()
})

const work = (...argv: readonly string[]) => net.starling(['worker', '--topic', 'rain', ...argv])
const rowsOf = (stdout: string): readonly ResultRow[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

function write(name: string, text: string): string {
  writeFileSync(net.file(name), text)
  return net.file(name)
}

describe('worker', () => {
  it('gets a key and coins on the local network, registers, submits, and shows what each epoch brought', async () => {
    const model = write('four.mjs', 'export const predict = ({ topic }) => (topic.name === "rain" ? 4 : null)\n')
    const { code, stdout, stderr } = await work('--model', model, '--epochs', '2', '--json')
    expect(code).toBe(0)
    const { address } = walletFromSeed('test', 'own-1-four')
    expect(stderr).toContain(`Acts as own-1-four, ${address}, in topic 1 (rain) of starling-local-1.`)
    expect(stderr).toContain("The local network's dev account gave it 10.000000 ALLO.")
    expect(stderr).toContain(`${address} is registered as worker of topic 1.`)
    expect(stderr).toMatch(/epoch \d+: sent 4\.000 degrees, transaction [0-9A-F]{64}\.\n/)
    expect(stderr).toMatch(/\n2 settled epochs: mean loss 1, the network's 1; earned 0 ALLO\.\n$/)
    const scored = rowsOf(stdout).filter((row) => row.tookPart)
    expect(scored).toHaveLength(2)
    expect(scored[0]).toMatchObject({ topic: 1, status: 'settled', loss: 1, networkLoss: 1, weight: 1 })
    expect(scored[0]).toMatchObject({ skill: 0, weightInPay: 0, share: 0, reward: '0' })
  })

  it('goes on as the same account, with a line for people, and needs no second gift', async () => {
    const { code, stdout, stderr } = await work('--model', net.file('four.mjs'), '--epochs', '1')
    expect(code).toBe(0)
    expect(stderr).not.toContain('gave it')
    expect(stdout).toMatch(/epoch \d+: loss 1, the network's 1; score \S+, weight 1, reward 0 ALLO; skill 0, share 0/)
    expect(stdout).toMatch(/; nothing is earned before 20 settled epochs with a prediction, it has \d+\n$/)
  })

  it('lets one process act as an account', async () => {
    const argv = ['worker', '--topic', '1', '--model', net.file('four.mjs'), '--epochs', '1']
    const first = net.live(argv)
    await first.said(/Acts as/)
    const { code, stderr } = await net.starling(argv)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Another process acts as allo1\w+ already .* --from NAME or --key NAME\.\n$/)
    expect((await first.ended).code).toBe(0)
  })

  it('lives on with a model that throws, gives garbage and prints, and says so', async () => {
    const model = write(
      'moody.mjs',
      `let asked = 0
export function predict() {
  asked += 1
  console.log('asked', asked)
  if (asked === 1) throw new Error('a bad day')
  return [undefined, undefined, Number.NaN, 'three'][asked] ?? 3
}
`,
    )
    const { code, stderr } = await work('--model', model, '--epochs', '1')
    expect(code).toBe(0)
    expect(stderr).toContain('model: asked 1\n')
    expect(stderr).toMatch(/no prediction from the model: it failed: a bad day \(moody\.mjs, line 5\)\./)
    expect(stderr).toMatch(/no prediction from the model: it is NaN, not a finite number\./)
    expect(stderr).toMatch(/no prediction from the model: .* got three\./)
  })

  it('works with a program over lines of JSON and with a server', async () => {
    const lines = write(
      'lines.mjs',
      `import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify({ value: JSON.parse(line).nonce * 0 + 2 }))
`,
    )
    const server = createServer((request, response) => response.end(request.url === '/predict' ? '5' : 'null'))
    const url = await listen(server)
    const [program, served] = await Promise.all([
      work('--command', `"${process.execPath}" "${lines}"`, '--epochs', '1', '--json'),
      work('--url', url, '--epochs', '1', '--json'),
    ])
    await closeServer(server)
    expect([program.code, served.code]).toEqual([0, 0])
    expect(program.stderr).toContain('Acts as own-1-lines,')
    expect(served.stderr).toMatch(/Acts as own-1-127-0-0-1-\d+,/)
    expect(rowsOf(program.stdout).at(-1)?.loss).toBe(1)
    expect(rowsOf(served.stdout).at(-1)?.loss).toBe(4)
  })

  it.each<[string, () => readonly string[], number, RegExp]>([
    ['no topic', () => ['worker'], 2, /^worker needs --topic ID\./],
    ['no model', () => ['worker', '--topic', '1'], 2, /^worker needs one of --model FILE, --command .* and --url/],
    ['two models', () => ['worker', '--topic', '1', '--url', 'http://a', '--command', 'b'], 2, /^worker needs one of/],
    [
      'no file',
      () => ['worker', '--topic', '1', '--model', 'no.mjs'],
      2,
      /^There is no file no\.mjs\. .*worker new no"/,
    ],
    [
      'a syntax error',
      () => ['worker', '--topic', '1', '--model', write('bad.mjs', 'export const a = 1\nexport function predict( {\n')],
      2,
      /^The model .*bad\.mjs cannot be used: SyntaxError: .* \(bad\.mjs, line 3\)\.$/m,
    ],
    [
      'nothing exported',
      () => ['worker', '--topic', '1', '--model', write('none.mjs', 'export const a = 1\n')],
      2,
      /exports no function named predict or forecast/,
    ],
    ['no such topic', () => ['worker', '--topic', '99', '--model', net.file('four.mjs')], 4, /^There is no topic 99/],
    ['a wrong URL', () => ['worker', '--topic', '1', '--url', 'localhost:8000'], 2, /URL of a model must be like http/],
    ['a wrong time', () => ['worker', '--topic', '1', '--url', 'http://a', '--timeout', '0'], 2, /^--timeout must be/],
    [
      'no node',
      () => ['worker', '--topic', '1', '--model', net.file('four.mjs'), '--node', 'http://127.0.0.1:9'],
      3,
      /^No node answers at http:\/\/127\.0\.0\.1:9/,
    ],
    [
      'a damaged journal',
      () => [
        ...['worker', '--topic', '1', '--model', net.file('four.mjs')],
        ...['--journal', write('damaged.jsonl', 'nonsense\n')],
      ],
      3,
      /^The journal cannot be used: .*damaged\.jsonl, line 1, is no journal entry\./,
    ],
  ])('refuses to begin with %s', async (_, argv, exitCode, sentence) => {
    const { code, stdout, stderr } = await net.starling(argv())
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

describe('a network that begins anew', () => {
  it('ends the worker, which says so', async () => {
    const other = await startTestNet()
    const field = await startRain(other)
    const model = other.file('four.mjs')
    writeFileSync(model, 'export const predict = () => 4\n')
    const live = other.live(['worker', '--topic', 'rain', '--model', model])
    await live.said(/epoch \d+: loss 1/)
    await field.stop()
    await other.reset()
    const { code, stderr } = await live.ended
    expect(code).toBe(3)
    expect(stderr).toMatch(/ is at height \d+, but was at \d+: .* This one has ended; start it again\.\n$/)
    await other.close()
  })
})

describe('FL-17 a worker of little means', () => {
  it('warns while money remains, says what it needs, and goes on by itself after a top-up', async () => {
    // Nothing is minted, so nothing is earned.
    const dry = await startTestNet({ mint: { params: { emissionEnabled: false } } })
    const field = await startRain(dry)
    // A home without a seed has no dev account to pay for it.
    const env = { ...dry.env, STARLING_HOME: dry.file('poor'), STARLING_PASSPHRASE: 'hush hush hush' }
    const { stdout } = await dry.starling(['keys', 'add', 'poor'], { env })
    const address = stdout.trim()
    // Fees of its registration and two submissions.
    await dry.json('tx', 'send', address, '2200000uallo')
    const model = dry.file('three.mjs')
    writeFileSync(model, 'export const predict = () => 3\n')
    const live = liveRun(['worker', '--topic', 'rain', '--key', 'poor', '--model', model, '--epochs', '3'], env)
    await live.said(/has fees for about \d more submissions?; send it uallo/)
    await live.said(/insufficient funds\. allo1\w+ has \d+uallo and needs \d+uallo; send it at least \d+uallo/)
    const before = await dry.client.accountUnverified(address)
    await dry.json('tx', 'send', address, '1')
    await live.said(/has funds again/)
    const { code, stderr } = await live.ended
    expect(code).toBe(0)
    expect(stderr).toMatch(/3 settled epochs: .*; earned 0 ALLO\.\n$/)
    expect((await dry.client.accountUnverified(address))?.sequence).toBeGreaterThan(before?.sequence ?? 0n)
    await field.stop()
    await dry.close()
  })
})
