import { expect, it } from 'vitest'
import { plainText, shortName } from './plainText.ts'

it('leaves text as it is, also where it looks like HTML', () => {
  expect(plainText('<img onerror=alert(1)> Größe 日本 👍')).toBe('<img onerror=alert(1)> Größe 日本 👍')
})

it('replaces what turns the direction, is unseen, or breaks lines', () => {
  expect(plainText('a\u202eb\u2066c\u200bd\u0000e\nf\u2028g')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg')
})

it('cuts what is too long between letters', () => {
  expect(plainText('👍👍👍👍', 3)).toBe('👍👍…')
  expect(plainText('abc', 3)).toBe('abc')
})

it('shortens addresses to their ends', () => {
  expect(shortName('allo1qqqqqqqqqqqqqqqqqqqqwtek')).toBe('allo1qqqq…wtek')
  expect(shortName('network')).toBe('network')
})
