import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { describe, expect, it } from 'vitest'
import { keepMessage, readKeptMessage } from './keepMessage.ts'
import { sealTruth } from './sealTruth.ts'
import { sealWork } from './sealWork.ts'

const place = { chainId: 'starling-1', topicId: 3n, nonce: 40n, author: 'allo1abc' }

describe('VT-2 a message that is kept until the reveal', () => {
  it.each<[string, MessageToSend]>([
    ['work', sealWork(place, { inference: { value: '1.5' }, forecast: { forecastElements: [] } }).reveal],
    ['truth', sealTruth(place, { value: '2', source: 'gauge', observedAt: '2024-08-09' }).reveal],
  ])('comes back as it was: %s', (_name, message) => {
    const text = keepMessage(message)
    expect(text).toMatch(/^\/starling\.v1\.Reveal\w+Request [A-Za-z0-9+/=]+$/)
    const back = readKeptMessage(text)
    expect(back === undefined ? undefined : keepMessage(back)).toBe(text)
    expect(back?.value).toMatchObject({ sender: 'allo1abc', topicId: 3n, nonce: 40n })
  })

  it.each([
    '',
    'x',
    '/starling.v1.RevealWorkRequest ####',
    '/starling.v1.Nothing AAAA',
    '/starling.v1.RevealWorkRequest AAAA',
  ])('is none: "%s"', (text) => expect(readKeptMessage(text)).toBeUndefined())
})

describe('VT-2 a worker seals', () => {
  it('each part with a commitment and a salt of its own', () => {
    const { commits, reveal } = sealWork(place, { inference: { value: '1' }, forecast: { forecastElements: [] } })
    expect(commits.map(({ value }) => ('role' in value ? value.role : ''))).toEqual(['inferer', 'forecaster'])
    if (reveal.typeUrl !== '/starling.v1.RevealWorkRequest') throw new Error(reveal.typeUrl)
    const { inference, forecast } = reveal.value
    expect(inference).toMatchObject({ payload: { topicId: 3n, blockHeight: 40n, inferer: 'allo1abc', value: '1' } })
    expect(forecast).toMatchObject({ payload: { topicId: 3n, blockHeight: 40n, forecaster: 'allo1abc' } })
    expect(inference?.salt).toHaveLength(32)
    expect(inference?.salt).not.toEqual(forecast?.salt)
  })

  it('anew with other salts, so that equal predictions look different', () => {
    const hashes = [1, 2].map(() => JSON.stringify([...(commitOf() ?? [])]))
    expect(new Set(hashes).size).toBe(2)
  })
})

function commitOf(): Uint8Array | undefined {
  const [commit] = sealWork(place, { inference: { value: '1' } }).commits
  return commit?.typeUrl === '/starling.v1.CommitRequest' ? commit.value.commitment : undefined
}
