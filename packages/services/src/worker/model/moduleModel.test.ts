import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { modelInput } from '../../shared/testing/modelInput.ts'
import { moduleModel } from './moduleModel.ts'
import type { Model } from './types.ts'

const never = new AbortController().signal
const models: Model[] = []
const lines: string[] = []
let folder = ''
let written = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-model-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(async () => {
  await Promise.all(models.splice(0).map((model) => model.close()))
  lines.length = 0
})

async function modelOf(source: string, loadingMs = 30_000): Promise<Model> {
  written += 1
  const file = join(folder, `model-${written}.mjs`)
  await writeFile(file, source)
  const model = await moduleModel(file, { onLine: (line) => lines.push(line), loadingMs })
  models.push(model)
  return model
}

describe('a model in a module', () => {
  it('is called in a thread, with what it prints passed on', async () => {
    const model = await modelOf(`
      export const predict = ({ nonce }) => { console.log('hello'); return nonce / 2 }
      export async function forecast({ workers }) { return { [workers[0].address]: -1 } }`)
    expect(await model.predict?.(modelInput, never)).toBe(2)
    expect(await model.forecast?.(modelInput, never)).toEqual({ w1: -1 })
    expect(lines).toEqual(['hello'])
  })

  it('may lack one of the two', async () => {
    const model = await modelOf('export const predict = () => Number.NaN')
    expect(model.forecast).toBeUndefined()
    expect(await model.predict?.(modelInput, never)).toBeNaN()
  })

  it('may throw, and is told where', async () => {
    const model = await modelOf('export function predict() {\n  return missing + 1\n}')
    await expect(model.predict?.(modelInput, never)).rejects.toThrow(
      /missing is not defined \(model-\d+\.mjs, line 2\)/,
    )
    await expect(model.predict?.(modelInput, never)).rejects.toThrow('missing is not defined')
  })

  it('may return what cannot be passed on', async () => {
    const model = await modelOf('export const predict = () => () => 1')
    await expect(model.predict?.(modelInput, never)).rejects.toThrow('could not be cloned')
  })

  it('may run for ever: it is ended, and starts anew', async () => {
    const model = await modelOf(`
      let calls = 0
      export const predict = ({ nonce }) => { calls += 1; while (nonce === 4); return calls }`)
    expect(await model.predict?.({ ...modelInput, nonce: 5 }, never)).toBe(1)
    expect(await model.predict?.({ ...modelInput, nonce: 5 }, never)).toBe(2)
    const limit = new AbortController()
    const asked = model.predict?.(modelInput, limit.signal)
    limit.abort()
    await expect(asked).rejects.toThrow('nobody waits')
    expect(await model.predict?.({ ...modelInput, nonce: 5 }, never)).toBe(1)
  })

  it('may end its own thread', async () => {
    const model = await modelOf('export const predict = ({ nonce }) => (nonce === 4 ? process.exit(1) : 7)')
    await expect(model.predict?.(modelInput, never)).rejects.toThrow('its thread ended')
    expect(await model.predict?.({ ...modelInput, nonce: 5 }, never)).toBe(7)
  })

  it.each([
    ['no such file', undefined, /model-none.mjs cannot be used: Cannot find module/],
    ['a typing error', 'export const predict = () => {', /cannot be used: Unexpected end of input/],
    ['neither function', 'export const predictt = () => 1', /exports no function named predict or forecast/],
    [
      'an error while loading',
      '\n\nthrow new Error("no data file")',
      /cannot be used: no data file \(model-\d+.mjs, line 3\)/,
    ],
  ])('is refused with a sentence: %s', async (_, source, reason) => {
    const model =
      source === undefined ? moduleModel(join(folder, 'model-none.mjs'), { onLine: () => {} }) : modelOf(source)
    await expect(model).rejects.toThrow(reason)
  })

  it('is refused when it never finishes loading', async () => {
    await expect(modelOf('while (true);', 1)).rejects.toThrow('was not loaded within 0.001 s')
  })
})
