import { describe, expect, it } from 'vitest'
import { readForecast } from './readForecast.ts'

function workers(count: number): { address: string; losses: number[] }[] {
  return Array.from({ length: count }, (_, i) => ({ address: `w${String(i + 1).padStart(2, '0')}`, losses: [] }))
}

describe('what a forecaster gave', () => {
  it('is listed by address', () => {
    expect(readForecast(workers(3), { w03: 1, w01: -2.5 })).toEqual({
      elements: [
        { inferer: 'w01', value: -2.5 },
        { inferer: 'w03', value: 1 },
      ],
      skipped: [],
    })
  })

  it('FL-03 loses only what is wrong in it', () => {
    const output = { w01: -1, w02: Number.NaN, w03: '3', w04: 1e301, stranger: 1 }
    expect(readForecast(workers(4), output)).toEqual({
      elements: [{ inferer: 'w01', value: -1 }],
      skipped: [
        'the loss of w02 is NaN, not a number between -300 and 300',
        'the loss of w03 is 3, not a number between -300 and 300',
        'the loss of w04 is 1e+301, not a number between -300 and 300',
        'stranger is no worker of the topic',
      ],
    })
  })

  it('keeps the twelve smallest losses', () => {
    const all = workers(14)
    const output = Object.fromEntries(all.map(({ address }, i) => [address, i === 13 ? -1 : 13 - i]))
    const read = readForecast(all, output)
    const kept = read !== null && 'elements' in read ? read.elements.map(({ inferer }) => inferer) : []
    expect(kept).toEqual(all.slice(2).map(({ address }) => address))
  })

  it('may be null, and nothing else', () => {
    expect(readForecast(workers(1), null)).toBeNull()
    expect(readForecast(workers(1), undefined)).toEqual({ fault: expect.stringContaining('got nothing') })
    expect(readForecast(workers(1), 3)).toEqual({ fault: expect.stringContaining('got number') })
    expect(readForecast(workers(1), [1])).toEqual({ fault: expect.stringContaining('{address: log10 loss}') })
    expect(readForecast(workers(1), {})).toEqual({ fault: 'it names no worker of the topic' })
    expect(readForecast(workers(1), { x: 1 })).toEqual({ fault: expect.stringContaining('x is no worker') })
  })

  it('writes what is too small for the wire as 0', () => {
    expect(readForecast(workers(1), { w01: 1e-320 })).toMatchObject({ elements: [{ value: 0 }] })
  })
})
