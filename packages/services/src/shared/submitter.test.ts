import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { refusal, StarlingError } from '@starling/sdk/starlingError'
import type { LandedTx, SentTx } from '@starling/sdk/types'
import { describe, expect, it, vi } from 'vitest'
import { createFunds } from './funds.ts'
import { type Journal, memoryJournal } from './journal.ts'
import { createSubmitter, type Submitter } from './submitter.ts'
import { createMemoryLog, type MemoryLog } from './testing/memoryLog.ts'
import { settled } from './testing/settled.ts'

const message: MessageToSend = { typeUrl: '/starling.v1.SubmitTruthRequest', value: { sender: 'a', nonce: 4n } }
const single = { messages: [message], what: 'it' }
const never = new AbortController().signal
const nonce = { topic: 1n, nonce: 4n, role: 'worker' as const }

type Set = {
  readonly log: MemoryLog
  readonly journal: Journal
  readonly send: ReturnType<typeof vi.fn<() => Promise<SentTx>>>
  readonly onUnregistered: ReturnType<typeof vi.fn<() => void>>
  readonly submitter: Submitter
}

function setUp(send: () => Promise<SentTx>, journal: Journal = memoryJournal()): Set {
  const log = createMemoryLog()
  const spy = vi.fn(send)
  const onUnregistered = vi.fn<() => void>()
  const sender = { address: 'a', send: spy, feeOf: async () => 100n }
  const funds = createFunds({ balanceUnverified: async () => 1_000_000n }, sender, log)
  const submitter = createSubmitter({ sender, topicId: 1n, role: 'worker', journal, funds, log, onUnregistered })
  return { log, journal, send: spy, onUnregistered, submitter }
}

/** A transaction that stands in a block as soon as somebody says so. */
function landing(): { readonly promise: Promise<LandedTx>; readonly land: () => void } {
  let land = (): void => undefined
  const promise = new Promise<LandedTx>((resolve) => {
    land = () => resolve({ hash: 'AB', height: 5n, code: 0, codespace: '', log: '', gasUsed: 1n, events: [] })
  })
  return { promise, land: () => land() }
}

function failing(error: Error): () => Promise<SentTx> {
  return async () => ({ hash: 'AB', landed: Promise.reject<LandedTx>(error) })
}

describe('a submission', () => {
  it('is written down before it is sent', async () => {
    const states: unknown[] = []
    const { submitter, journal } = setUp(async () => {
      states.push(journal.find(nonce)?.state)
      return { hash: 'AB', landed: new Promise(() => {}) }
    })
    expect(submitter.isDone(4n)).toBe(false)
    expect(await submitter.submit(4n, single, never)).toBe(true)
    expect(states).toEqual(['sending'])
    expect(journal.find(nonce)).toMatchObject({ state: 'sent', hash: 'AB' })
    expect(submitter.isDone(4n)).toBe(true)
  })

  it('is not sent where it cannot be written down', async () => {
    const journal = { ...memoryJournal(), write: () => Promise.reject(new Error('ENOSPC: no space left on device')) }
    const { submitter, send, log } = setUp(failing(new Error('never')), journal)
    expect(await submitter.submit(4n, single, never)).toBe(false)
    expect(await submitter.submit(4n, single, never)).toBe(false)
    expect(send).not.toHaveBeenCalled()
    expect(log.lines).toEqual(['error The journal cannot be written: ENOSPC: no space left on device'])
  })

  it('that lands after the stop is no trouble, though the journal is closed by then', async () => {
    const stopping = new AbortController()
    const { promise, land } = landing()
    const kept = memoryJournal()
    const journal: Journal = {
      ...kept,
      write: (entry) => (stopping.signal.aborted ? Promise.reject(new Error('file closed')) : kept.write(entry)),
    }
    const { submitter, log } = setUp(async () => ({ hash: 'AB', landed: promise }), journal)
    await submitter.submit(4n, single, stopping.signal)
    stopping.abort()
    land()
    await promise
    await vi.waitFor(() => expect(journal.find(nonce)).toMatchObject({ state: 'sent' }))
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([])
  })

  it.each(['sending', 'sent', 'landed'] as const)('is done after a restart that finds it %s', async (state) => {
    const journal = memoryJournal()
    await journal.write({ ...nonce, hash: '', state })
    expect(setUp(failing(new Error('never')), journal).submitter.isDone(4n)).toBe(true)
  })

  it.each(['refused', 'lost'] as const)('is tried again after a restart that finds it %s', async (state) => {
    const journal = memoryJournal()
    await journal.write({ ...nonce, hash: '', state })
    expect(setUp(failing(new Error('never')), journal).submitter.isDone(4n)).toBe(false)
  })

  it('may be made anew when its transaction is known never to land', async () => {
    const { submitter, journal, log } = setUp(failing(new StarlingError('timeout', 'stands in no block')))
    await submitter.submit(4n, single, never)
    await settled()
    expect(submitter.isDone(4n)).toBe(false)
    expect(journal.find(nonce)?.state).toBe('lost')
    expect(log.matching(/the submission AB failed. stands in no block/)).toHaveLength(1)
  })

  it('may still land when nobody knows, and is left alone', async () => {
    const { submitter, journal, log } = setUp(failing(new StarlingError('unavailable', 'the client is closed')))
    await submitter.submit(4n, single, never)
    await settled()
    expect(submitter.isDone(4n)).toBe(true)
    expect(journal.find(nonce)?.state).toBe('sent')
    expect(log.matching(/failed. the client is closed/)).toHaveLength(1)
  })

  it('is not talked about after the stop', async () => {
    const stopping = new AbortController()
    let close: (error: Error) => void = () => {}
    const landed = new Promise<LandedTx>((_, reject) => {
      close = reject
    })
    const { submitter, journal, log } = setUp(async () => ({ hash: 'AB', landed }))
    await submitter.submit(4n, single, stopping.signal)
    stopping.abort()
    close(new StarlingError('unavailable', 'the client is closed'))
    await settled()
    expect(journal.find(nonce)?.state).toBe('sent')
    expect(log.matching(/failed/)).toEqual([])
  })

  it('stays done when its block refuses it', async () => {
    const { submitter, journal, onUnregistered } = setUp(failing(refusal('who?', { codespace: 'emissions', code: 10 })))
    await submitter.submit(4n, single, never)
    await settled()
    expect(submitter.isDone(4n)).toBe(true)
    expect(journal.find(nonce)?.state).toBe('refused')
    expect(onUnregistered).toHaveBeenCalledTimes(1)
  })

  it.each([
    refusal('once per window', { codespace: 'emissions', code: 78 }),
    refusal('the inference was already submitted', { codespace: 'epochs', code: 3 }),
  ])('is done when the chain has it already: $message', async (error) => {
    const { submitter } = setUp(() => Promise.reject(error))
    expect(await submitter.submit(4n, single, never)).toBe(true)
    expect(submitter.isDone(4n)).toBe(true)
  })

  it('is tried again when it is refused, and that is said once', async () => {
    const error = refusal('the window is not open', { codespace: 'emissions', code: 67 })
    const { submitter, log } = setUp(() => Promise.reject(error))
    expect(await submitter.submit(4n, single, never)).toBe(false)
    expect(await submitter.submit(4n, single, never)).toBe(false)
    expect(submitter.isDone(4n)).toBe(false)
    expect(log.lines).toEqual(['warn epoch 4: refused, trying again with the next block. the window is not open'])
  })

  it('fails when the node is away', async () => {
    const { submitter } = setUp(() => Promise.reject(new StarlingError('unreachable', 'nobody answers')))
    await expect(submitter.submit(4n, single, never)).rejects.toThrow('nobody answers')
    expect(submitter.isDone(4n)).toBe(false)
  })
})
