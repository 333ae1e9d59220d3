import { expect, it } from 'vitest'
import { splitCommand } from './splitCommand.ts'

it.each([
  ['python3 model.py', ['python3', 'model.py']],
  ['  node   a.js  --fast ', ['node', 'a.js', '--fast']],
  [`"/my tools/run" 'a b' c"d e"f`, ['/my tools/run', 'a b', 'cd ef']],
  [`run "it's" ''`, ['run', "it's", '']],
])('splits %s', (text, words) => {
  expect(splitCommand(text)).toEqual(words)
})

it.each(['', '   '])('refuses "%s"', (text) => {
  expect(() => splitCommand(text)).toThrow('--command must be a program')
})
