import { afterEach, expect, it } from 'vitest'
import { createManualTimers } from '../../shared/testing/manualTimers.ts'
import { modelInput } from '../../shared/testing/modelInput.ts'
import { processModel } from './processModel.ts'
import type { Model } from './types.ts'

const never = new AbortController().signal
const models: Model[] = []
const lines: string[] = []

/** A model whose program runs `body` for each input line. */
function modelOf(body: string, head = ''): Model {
  const script = `${head}
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const input = JSON.parse(line)
      const answer = (output) => console.log(JSON.stringify(output))
      ${body}
    })`
  return register(processModel(process.execPath, ['-e', script], { onLine: (line) => lines.push(line) }))
}

function register(model: Model): Model {
  models.push(model)
  return model
}

afterEach(async () => {
  await Promise.all(models.splice(0).map((model) => model.close()))
  lines.length = 0
})

async function pidOf(model: Model): Promise<number> {
  return Number(await model.predict?.({ ...modelInput, nonce: -1 }, never))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('asks a program over its standard input and output, one question at a time', async () => {
  const model = modelOf(`
    if (globalThis.busy) return answer('two at once')
    globalThis.busy = true
    setImmediate(() => {
      globalThis.busy = false
      answer('workers' in input ? { [input.workers[0].address]: -1 } : { value: input.nonce / 2 })
    })`)
  const { workers: _, ...input } = modelInput
  const answers = await Promise.all([
    model.predict?.(input, never),
    model.forecast?.(modelInput, never),
    model.predict?.({ ...input, nonce: 5 }, never),
  ])
  expect(answers).toEqual([{ value: 2 }, { w1: -1 }, { value: 2.5 }])
})

it('starts the program anew after it died, and passes its stderr on', async () => {
  const model = modelOf(`
    if (input.nonce === 4) { console.error('out of memory'); process.exitCode = 3; process.stdin.destroy() }
    else answer(1)`)
  await expect(model.predict?.(modelInput, never)).rejects.toThrow('ended with status 3')
  expect(await model.predict?.({ ...modelInput, nonce: 5 }, never)).toBe(1)
  expect(lines).toEqual(['out of memory'])
})

it.each([
  ['prints garbage', `console.log('loading...'); answer(1)`, 'something else than one line of JSON'],
  ['prints a line above 1 MiB', `answer('x'.repeat(2 ** 20))`, 'a line above 1 MiB'],
])('does not trust a program that %s, and starts it anew', async (_, body, reason) => {
  const model = modelOf(
    `if (input.nonce === -1) return answer(process.pid); if (input.nonce === 5) return answer(5); ${body}`,
  )
  const pid = await pidOf(model)
  await expect(model.predict?.(modelInput, never)).rejects.toThrow(reason)
  expect(await model.predict?.({ ...modelInput, nonce: 5 }, never)).toBe(5)
  expect(await pidOf(model)).not.toBe(pid)
})

it('ends a program that does not answer in time, so that no late answer is taken for the next', async () => {
  const script = `
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { nonce } = JSON.parse(line)
      if (nonce === 4) console.error('thinking')
      else console.log(nonce === 5 ? 5 : process.pid)
    })`
  let tell: () => void = () => {}
  const isThinking = new Promise<void>((resolve) => {
    tell = resolve
  })
  const model = register(processModel(process.execPath, ['-e', script], { onLine: () => tell() }))
  const pid = await pidOf(model)
  const limit = new AbortController()
  const asked = model.predict?.(modelInput, limit.signal)
  const next = model.predict?.({ ...modelInput, nonce: 5 }, never)
  await isThinking
  limit.abort()
  await expect(asked).rejects.toThrow('nobody waits')
  expect(await next).toBe(5)
  expect(await pidOf(model)).not.toBe(pid)
})

it('ends just its own program when it is closed, even one that does not want to', async () => {
  const timers = createManualTimers()
  const script = `process.on('SIGTERM', () => console.error('no')); process.stdin.on('data', () => console.log(process.pid))`
  const heard = new Promise<void>((resolve) => {
    const model = processModel(process.execPath, ['-e', script], { onLine: () => resolve(), timers })
    register(model)
  })
  const [model] = models
  if (model === undefined) throw new Error('no model')
  const pid = await pidOf(model)
  const closed = model.close()
  await heard
  expect(isAlive(pid)).toBe(true)
  timers.pass(2_000)
  await closed
  expect(isAlive(pid)).toBe(false)
  await expect(model.predict?.(modelInput, never)).rejects.toThrow('was closed')
})

it('names a program that cannot be run', async () => {
  const model = register(processModel('/no/such/program', [], { onLine: () => {} }))
  await expect(model.predict?.(modelInput, never)).rejects.toThrow('/no/such/program cannot be run')
})
