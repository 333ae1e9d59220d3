import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createFeed } from '@starling/services/feed/createFeed'
import { readSp500 } from '@starling/services/feed/readSp500'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'
import { exampleModule, exampleScript } from './exampleModel.ts'

let folder = ''
const before = process.cwd()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-model-'))
  process.chdir(folder)
})
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const feed = createFeed(readSp500())
const questions = ['volatility', 'risk', 'trend', 'rain'].map((name) => ({
  topic: { name },
  nonce: 5,
  truths: [],
  data: feed.dataFor(name === 'rain' ? 'risk' : name, 7),
}))
const probabilities = { down: expect.any(Number), flat: expect.any(Number), up: expect.any(Number) }
const hasPython = spawnSync('python3', ['--version']).status === 0

describe('worker new', () => {
  it('writes the model of the documentation, once, and says how to go on', async () => {
    const { code, stdout } = await runWith(['worker', 'new', 'my-model'])
    expect(code).toBe(0)
    expect(stdout).toContain('npx --no-install starling worker --topic 1 --model ./my-model.mjs\n')
    const example = new URL('../../../../docs/examples/my-model.mjs', import.meta.url)
    expect(readFileSync('my-model.mjs', 'utf8')).toBe(readFileSync(example, 'utf8'))
    writeFileSync('my-model.mjs', 'mine')
    expect(await runWith(['worker', 'new', 'my-model.mjs'])).toMatchObject({
      code: 2,
      stderr: 'There is a file ./my-model.mjs already. Choose another name.\n',
    })
    expect(readFileSync('my-model.mjs', 'utf8')).toBe('mine')
  })

  it('names the file inside it, and prints JSON where asked to', async () => {
    const { stdout } = await runWith(['worker', 'new', 'owl', '--python', '--json'])
    expect(JSON.parse(stdout)).toEqual({
      file: './owl.py',
      command: 'npx --no-install starling worker --topic 1 --command "python3 owl.py"',
    })
    expect(readFileSync('owl.py', 'utf8')).toContain('--command "python3 owl.py"')
  })

  it.each(['', '../model', 'a b', '.hidden', 'x'.repeat(65)])('refuses the name "%s"', async (name) => {
    const { code, stderr } = await runWith(['worker', 'new', name])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^A model's name has 1 to 64 letters/)])
  })

  it('predicts on every topic of the local network, and skips others', async () => {
    writeFileSync('example.mjs', exampleModule)
    const { predict } = await import(pathToFileURL(join(folder, 'example.mjs')).href)
    const [volatility, risk, trend, other] = questions.map((question) => predict(question))
    expect([volatility > 0.1 && volatility < 10, risk > 0 && risk < 1, other]).toEqual([true, true, null])
    expect(trend).toEqual({ values: probabilities })
    expect(trend.values.down + trend.values.flat + trend.values.up).toBeCloseTo(1, 12)
  })

  it.skipIf(!hasPython)('predicts the same in Python', async () => {
    writeFileSync('example.py', exampleScript)
    const lines = questions.map((question) => `${JSON.stringify(question)}\n`).join('')
    const answers = execFileSync('python3', ['example.py'], { input: lines, encoding: 'utf8' }).trim().split('\n')
    const { predict } = await import(pathToFileURL(join(folder, 'example.mjs')).href)
    for (const [i, question] of questions.entries()) {
      const [ours, theirs] = [predict(question), JSON.parse(answers[i] ?? '')]
      const flat = (output: unknown): unknown[] =>
        typeof output === 'object' && output !== null ? Object.values(Object(output).values) : [output]
      for (const [j, value] of flat(ours).entries()) {
        if (typeof value === 'number') expect(flat(theirs)[j]).toBeCloseTo(value, 10)
        else expect(theirs).toBeNull()
      }
    }
  })
})
