import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { stoppedBy, whyStopped } from './stopped.ts'
import { isUnread, whileRead } from './whileRead.ts'

const fault = (code: string): Error => Object.assign(new Error(code), { code })
const work = (stop: AbortSignal): Promise<string> =>
  new Promise((resolve) => stop.addEventListener('abort', () => resolve(whyStopped(stop))))

it.each(['stdout', 'stderr'] as const)('ends what nobody reads any more: %s', async (name) => {
  const io = { stdout: new PassThrough(), stderr: new PassThrough() }
  const ended = whileRead(io, new AbortController().signal, work)
  io[name].emit('error', fault('EPIPE'))
  expect(await ended).toBe(`nobody reads its ${name} any more`)
  expect(io[name].listenerCount('error')).toBe(0)
})

it('ends what is stopped, and says why', async () => {
  const stopping = new AbortController()
  const ended = whileRead({ stdout: new PassThrough(), stderr: new PassThrough() }, stopping.signal, work)
  stopping.abort(stoppedBy('SIGTERM'))
  expect(await ended).toBe('SIGTERM (another process asked it to end)')
})

it.each([
  ['EPIPE', false, true],
  ['EPIPE', true, true],
  ['EIO', true, true],
  ['EIO', false, false],
  ['ENOSPC', true, false],
])('%s, on a terminal %s: nobody reads it %s', (code, isTTY, expected) => {
  expect(isUnread({ isTTY }, fault(code))).toBe(expected)
})
