import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SettleOutput } from '../settle/outputTypes.ts'
import { epoch, labelPolicy, numberPolicy, referenceRules } from '../settle/testing/epoch.ts'
import { runWith } from '../testing/testIo.ts'

const settle = (document: unknown, ...flags: readonly string[]) =>
  runWith(['settle', '--input', '-', '--json', ...flags], {
    stdin: typeof document === 'string' ? document : JSON.stringify(document),
  })

async function settled(document: unknown, ...flags: readonly string[]): Promise<SettleOutput> {
  const { code, stdout, stderr } = await settle(document, ...flags)
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

const sumOf = (output: SettleOutput): bigint =>
  output.rewards.reduce((sum, { amount }) => sum + BigInt(amount), BigInt(output.unpaid))

describe('settle', () => {
  it('settles two new workers as worked out by hand', async () => {
    const output = await settled(epoch)
    expect(output).toMatchObject({ topic: 1, nonce: 100, status: 'settled', truth: 101, reward: '1000' })
    expect(output.network).toMatchObject({ combined: 102, naive: 102 })
    expect(output.losses).toMatchObject({ combined: 1, naive: 1 })
    expect(output.losses?.inferers).toEqual([
      { worker: 'w1', loss: 1 },
      { worker: 'w2', loss: 9 },
    ])
    expect(output.weights).toEqual([
      { address: 'w1', role: 'inferer', weight: 0.5 },
      { address: 'w2', role: 'inferer', weight: 0.5 },
    ])
    expect(output.scores?.find(({ role }) => role === 'reputer')).toEqual({ address: 'r1', role: 'reputer', score: 1 })
    expect(sumOf(output)).toBe(1000n)
  })

  it('takes its own state as the next prior, and hears forecasters then', async () => {
    let prior: unknown = null
    let output = await settled(epoch)
    for (let nonce = 101; nonce < 106; nonce++) {
      prior = output.state
      output = await settled({ ...epoch, nonce, prior })
    }
    expect(output.network?.forecasters).toHaveLength(1)
    expect(output.weights?.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(sumOf(output)).toBe(1000n)
    const later = await settled({ ...epoch, prior, priorUpdate: output.state })
    expect(later.network).toEqual(output.network)
    expect(later.state).not.toEqual(output.state)
  })

  it('shows how sure the answer is, and what contribution pay found', async () => {
    const { state } = await settled(epoch)
    const second = { ...epoch, nonce: 101, prior: state, lastAnswer: '102', missed: { inferers: ['w3'] } }
    const output = await settled(second)
    expect(output.intervals.map(({ level }) => level)).toEqual([0.5, 0.8, 0.95])
    expect(output.edge).toEqual({ shown: false, eValue: 1, n: 0 })
    // The last truth four times over, 101, and the last answer.
    expect(output.contribution?.baselines.map(({ value, loss }) => [value, loss])).toEqual([
      ...Array.from({ length: 4 }, () => [101, 0]),
      [102, 1],
    ])
    expect(output.contribution?.shares.map(({ address, share }) => [address, share])).toEqual([
      ['w1', 0],
      ['w2', 0],
      ['f1', 0],
    ])
    expect(output.state.verified?.contribution?.workers.w3?.entries).toEqual(['missed'])
    expect(sumOf(output)).toBe(1000n)
    const { stdout } = await runWith(['settle', '--input', '-'], { stdin: JSON.stringify(second) })
    expect(stdout).toMatch(/^95 % +[0-9.]+ … [0-9.]+/m)
    expect(stdout).toMatch(/SKILL +SHARE +REWARD/)
  })

  it('names what is wrong with the last answer', async () => {
    const { code, stderr } = await settle({ ...epoch, lastAnswer: 'high' })
    expect([code, stderr]).toEqual([2, expect.stringContaining('lastAnswer.value is not a decimal number')])
  })

  it('takes probabilities by label, and gives them back so', async () => {
    const output = await settled({
      ...epoch,
      topic: { id: 3, policy: { ...labelPolicy, ...referenceRules } },
      inferences: [
        { worker: 'w1', values: { up: 0.5, down: '0.25', flat: '2.5e-1' } },
        { worker: 'w2', values: { down: 0.75, flat: 0.25, up: 0 } },
      ],
      forecasts: [],
      reputers: [{ address: 'r1', stake: '60', value: 'down' }],
    })
    expect(output.truth).toBe('down')
    expect(output.network?.combined).toEqual({ down: 0.5, flat: 0.25, up: 0.25 })
    expect(output.network?.inferers[0]).toEqual({ worker: 'w1', values: { down: 0.25, flat: 0.25, up: 0.5 } })
    expect(output.losses?.combined).toBeCloseTo(Math.log(2), 12)
  })

  it('takes quantiles by level', async () => {
    const policy = { ...numberPolicy, loss: 'pinball', levels: ['0.1', 0.5, '0.90'] }
    const output = await settled({
      ...epoch,
      topic: { id: 4, policy },
      inferences: [{ worker: 'w1', values: { '0.10': 90, '0.5': 100, '0.9': '110' } }],
      forecasts: [],
    })
    expect(output.network?.combined).toEqual({ '0.1': 90, '0.5': 100, '0.9': 110 })
  })

  it('prints tables for people', async () => {
    const { code, stdout, stderr } = await runWith(['settle', '--input', '-'], { stdin: JSON.stringify(epoch) })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Topic 1, nonce 100: settled')
    expect(stdout).toMatch(/^network +102 +1$/m)
    expect(stdout).toMatch(/^w2 +inferer +104 +9 +0\.5 /m)
    expect(stdout).toMatch(/^Paid .* of 1000 uallo$/m)
  })

  it('names unknown fields and does without them', async () => {
    const topic = { ...epoch.topic, policy: { ...numberPolicy, colour: 'red' } }
    const { code, stdout, stderr } = await settle({ ...epoch, topic, note: 'as seen', truth: '101' })
    expect(code).toBe(0)
    expect(stderr.trim().split('\n')).toEqual([
      'standard input: topic.policy.colour is not known and was not used.',
      'standard input: note is not known and was not used.',
      'standard input: truth is not known and was not used.',
    ])
    expect(JSON.parse(stdout)).toEqual(await settled(epoch))
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const nested = await settle(JSON.stringify(epoch).replace('"nonce"', `"a note": ${deep}, "nonce"`))
    expect([nested.code, nested.stderr]).toEqual([0, 'standard input: ["a note"] is not known and was not used.\n'])
  })

  it('does without unknown fields inside lists and states, and says so for the first ten', async () => {
    const { state } = await settled(epoch)
    const known = await settled({ ...epoch, prior: state })
    const prior = { ...state, version: 2, inferers: { ...state.inferers, w1: { ...state.inferers.w1, colour: 'red' } } }
    const inferences = epoch.inferences.map((one) => ({ ...one, time: 1 }))
    const { code, stdout, stderr } = await settle({ ...epoch, prior, inferences })
    expect([code, JSON.parse(stdout)]).toEqual([0, known])
    for (const path of ['prior.version', 'prior.inferers.w1.colour', 'inferences[1].time'])
      expect(stderr).toContain(`standard input: ${path} is not known and was not used.\n`)
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${i}`, i]))
    const lines = (await settle({ ...epoch, ...many })).stderr.trim().split('\n')
    expect([lines.length, lines[10]]).toEqual([11, 'standard input: 20 more fields are not known and were not used.'])
  })

  it('lets params change the default numbers', async () => {
    const output = await settled({ ...epoch, topic: { ...epoch.topic, params: { alphaRegret: 1 } } })
    expect(output.regrets?.[0]?.regret).toBeCloseTo(Math.log10(1 / 1), 10)
    expect(output.regrets?.[1]?.regret).toBeCloseTo(Math.log10(1 / 9), 10)
  })
})

describe('FL-03 a forecast about somebody who gave no inference', () => {
  const stale = {
    ...epoch,
    forecasts: [
      {
        forecaster: 'f1',
        elements: [
          { inferer: 'w1', value: '1' },
          { inferer: 'w2', value: '4' },
          { inferer: 'w9-not-registered', value: '2' },
        ],
      },
    ],
  }

  it('is skipped and listed, and the rest counts as without it', async () => {
    const { skipped, ...rest } = await settled(stale)
    const { skipped: none, ...without } = await settled(epoch)
    expect(skipped).toEqual([
      {
        who: 'f1',
        field: 'elements.w9-not-registered',
        reason: 'Speaks of somebody without an inference in this epoch.',
      },
    ])
    expect([none, rest]).toEqual([[], without])
    expect([rest.network?.naive, rest.losses?.naive]).toEqual([102, 1])
  })

  it('is skipped when forecasters are heard, too', async () => {
    const { state } = await settled(epoch)
    const { skipped, ...rest } = await settled({ ...stale, prior: state })
    const { skipped: none, ...without } = await settled({ ...epoch, prior: state })
    expect([skipped.length, none.length]).toEqual([1, 0])
    expect(rest.network?.forecasters).toHaveLength(1)
    expect(rest).toEqual(without)
  })
})

describe('FL-05 an epoch with hardly anybody', () => {
  it('is void without inferences: nobody is paid, the reward is left, the next epoch runs', async () => {
    const output = await settled({ ...epoch, inferences: [], forecasts: [] })
    expect(output).toMatchObject({ status: 'void', reason: 'no inference', truth: null, network: null, losses: null })
    expect([output.rewards, output.unpaid, output.regrets, output.scores]).toEqual([[], '1000', null, null])
    const next = await settled({ ...epoch, prior: output.state })
    expect(next).toEqual(await settled(epoch))
  })

  it('gives one worker alone the whole share of the workers', async () => {
    const topic = { id: 1, policy: { ...numberPolicy, ...referenceRules } }
    const inferences = epoch.inferences.slice(0, 1)
    const output = await settled({ ...epoch, topic, inferences, forecasts: [] })
    const workers = output.rewards.filter(({ role }) => role === 'inferer')
    expect(workers.map(({ address }) => address)).toEqual(['w1'])
    expect(output.weights).toEqual([{ address: 'w1', role: 'inferer', weight: 1 }])
    expect(sumOf(output)).toBe(1000n)
    const reputers = output.rewards.filter(({ role }) => role === 'reputer')
    expect(reputers.map(({ address }) => address)).toEqual(['r1'])
    expect(Number(workers[0]?.amount)).toBe(Math.floor(1000 * output.split.inferers))
  })
})

describe('FL-39 hostile numbers', () => {
  // price × 10^expo of the field's messages, as a feed would hand them on.
  const messages = [
    ['ok', '6543210000000e-8'],
    ['expo_min_int32', '1e-2147483648'],
    ['neg_price', '-1e-8'],
  ] as const
  const positive = { ...numberPolicy, domain_lowest: '0.01' }
  const reputers = messages.map(([address, value]) => ({ address, stake: '60', value }))

  it('are refused by path, each with its reason', async () => {
    const { code, stdout, stderr } = await settle({ ...epoch, topic: { id: 1, policy: positive }, reputers })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('reputers[1].value is not a decimal number like -12.5 or 3e-7, got "1e-2147483648"')
    expect(stderr).toContain('reputers[2].value must be from 0.01 to 1000000, got -1e-8')
  })

  it('do not drop the good one with --skip-invalid', async () => {
    const output = await settled({ ...epoch, topic: { id: 1, policy: positive }, reputers }, '--skip-invalid')
    expect([output.status, output.truth]).toEqual(['settled', 65432.1])
    expect(output.skipped.map(({ who, field }) => [who, field])).toEqual([
      ['expo_min_int32', 'reputers[1].value'],
      ['neg_price', 'reputers[2].value'],
    ])
  })

  it('may be negative where the topic allows it', async () => {
    const output = await settled({ ...epoch, reputers: [{ address: 'neg_price', stake: '60', value: '-1e-8' }] })
    expect(output.truth).toBe(-1e-8)
  })

  const digits = '1'.repeat(1024 * 1024)
  it.each<[string, string, RegExp]>([
    ['1e999999999 as text', '"1e999999999"', /is not a decimal number/],
    ['1e999 as text', '"1e999"', /is larger than a double can hold/],
    ['a megabyte of digits as text', `"${digits}"`, /has 1048576 characters, at most 64/],
    ['1e-2147483648', '1e-2147483648', /is not a decimal number/],
    ['1e999999999', '1e999999999', /is not a decimal number/],
    ['1e-400, which JSON readers take for 0', '1e-400', /is closer to zero than a double can hold/],
    ['a megabyte of digits', digits, /has 1048576 characters, at most 64/],
    ['NaN, as Python writes it', 'NaN', /is not a decimal number like -12.5 or 3e-7, got "NaN"/],
    ['-Infinity', '-Infinity', /is not a decimal number.*got "-Infinity"/],
    ['null', 'null', /must be a decimal number like -12.5 or "3e-7", got null/],
    ['true', 'true', /must be a decimal number/],
    ['a list', '[1]', /must be a decimal number.*got a list/],
    ['an empty text', '""', /is not a decimal number/],
    ['a decimal comma', '"9,99"', /is not a decimal number/],
    ['a subnormal number', '1e-310', /is closer to zero/],
    ['a number out of the domain', '1e7', /must be from -1000000 to 1000000, got 10000000/],
  ])('%s', async (_, literal, reason) => {
    const text = JSON.stringify({ ...epoch, inferences: [{ worker: 'w1', value: 'HERE' }, epoch.inferences[1]] })
    const { code, stdout, stderr } = await settle(text.replace('"HERE"', literal))
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^standard input: inferences\[0\]\.value /)
    expect(stderr).toMatch(reason)
    expect(stderr.length).toBeLessThan(250)
    const skipped = await settled(text.replace('"HERE"', literal), '--skip-invalid')
    expect(skipped.network?.combined).toBe(104)
    expect(skipped.skipped.filter(({ who }) => who === 'w1')).toHaveLength(1)
  })
})

it('docs/examples/settle.json settles without a word', async () => {
  const path = new URL('../../../../docs/examples/settle.json', import.meta.url)
  const output = await settled(readFileSync(path, 'utf8'))
  expect([output.status, output.skipped]).toEqual(['settled', []])
})
