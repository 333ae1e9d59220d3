import { describe, expect, it, vi } from 'vitest'
import { createMemo } from './createMemo.ts'

describe('createMemo', () => {
  it('decodes the same bytes under a name once, and other bytes again', () => {
    const decode = vi.fn((bytes: Uint8Array) => bytes[0])
    const read = createMemo(decode, 8)
    expect([read('a', Uint8Array.of(1)), read('a', Uint8Array.of(1))]).toEqual([1, 1])
    expect(decode).toHaveBeenCalledTimes(1)
    expect([read('a', Uint8Array.of(2)), read('b', Uint8Array.of(1)), read('a', Uint8Array.of(2))]).toEqual([2, 1, 2])
    expect(decode).toHaveBeenCalledTimes(3)
  })

  it('remembers no more names than it may', () => {
    const decode = vi.fn((bytes: Uint8Array) => bytes[0])
    const read = createMemo(decode, 2)
    for (const name of ['a', 'b', 'c', 'a']) read(name, Uint8Array.of(1))
    expect(decode).toHaveBeenCalledTimes(4)
  })
})
