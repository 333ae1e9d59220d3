import { expect, it } from 'vitest'
import { rememberVerified } from './rememberVerified.ts'

const parts = (at: number): [Uint8Array, Uint8Array, Uint8Array] => [
  new Uint8Array(32).fill(at),
  new Uint8Array(64).fill(1),
  new Uint8Array(33).fill(2),
]

it('checks once what it accepts, and every time what it refuses', () => {
  const asked: number[] = []
  const verify = rememberVerified(([first = 0]) => {
    asked.push(first)
    return first % 2 === 0
  })
  for (const at of [2, 3, 2, 3]) expect(verify(...parts(at))).toBe(at % 2 === 0)
  expect(asked).toEqual([2, 3, 3])
})

it('takes another digest, signature or key for what it has not seen', () => {
  const verify = rememberVerified((digest, signature, key) => digest[5] === 4 && signature[5] === 1 && key[5] === 2)
  expect(verify(...parts(4))).toBe(true)
  for (const part of [0, 1, 2]) {
    const changed = parts(4)
    for (const [i, bytes] of changed.entries()) if (i === part) bytes[5] = 77
    expect(verify(...changed)).toBe(false)
  }
  expect(verify(...parts(4))).toBe(true)
})

it('forgets the oldest', () => {
  const asked: number[] = []
  const verify = rememberVerified(([first = 0]) => {
    asked.push(first)
    return true
  }, 2)
  for (const at of [1, 2, 3, 4, 5, 5, 4, 3, 1]) verify(...parts(at))
  expect(asked).toEqual([1, 2, 3, 4, 5, 1])
})
