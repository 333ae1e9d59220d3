import { expect, it } from 'vitest'
import { readAttack } from './readAttack.ts'

it('reads kinds and topic; the first topic where none is named', () => {
  expect(readAttack(undefined, undefined)).toBeUndefined()
  expect(readAttack('junk', undefined)).toEqual({ topic: 'volatility', kinds: ['junk'] })
  expect(readAttack('bad-half,copy', 'trend')).toEqual({ topic: 'trend', kinds: ['bad-half', 'copy'] })
})

it.each([
  ['', undefined, '--attack takes junk, copy, sybil, bad-half, each once, with commas between them; got ""'],
  ['junk,junk', undefined, 'each once'],
  ['junk, copy', undefined, 'got "junk, copy"'],
  ['junk', 'rain', '--attack-topic must be one of volatility, risk, trend, got "rain"'],
  [undefined, 'risk', 'say how with --attack'],
])('refuses --attack %j --attack-topic %j', (kinds, topic, sentence) => {
  expect(() => readAttack(kinds, topic)).toThrow(sentence)
})
