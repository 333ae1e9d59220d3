import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { StoreError } from '@starling/node/store/storeError'
import { ProtocolError } from '@starling/protocol/errors'
import { StarlingError } from '@starling/sdk/starlingError'
import { CommanderError } from 'commander'
import { expect, it } from 'vitest'
import { CliError } from './cliError.ts'
import { reportError } from './reportError.ts'

async function report(error: unknown, debug = false) {
  const stderr = new PassThrough()
  const code = reportError(error, { stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} }, debug)
  stderr.end()
  return [code, await text(stderr)] as const
}

it.each<[unknown, number, string]>([
  [new CliError(4, 'There is no answer yet.'), 4, 'There is no answer yet.\n'],
  [
    new StarlingError('unreachable', 'Nobody answers at http://127.0.0.1:1.'),
    3,
    'Nobody answers at http://127.0.0.1:1.\n',
  ],
  [new StarlingError('refused', 'out of gas', { codespace: 'sdk', code: 11 }), 5, 'out of gas\n'],
  [new ProtocolError('topics', 'POLICY_FIELD', 2, 'policy.loss must be squared'), 2, 'policy.loss must be squared.\n'],
  [
    Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }),
    3,
    'The system refused: ENOSPC: no space left.\n',
  ],
  [new StoreError('LOCKED', 'state directory is in use'), 3, 'State directory is in use.\n'],
  [
    new Error('Port 1317 is taken.', { cause: Object.assign(new Error('listen'), { code: 'EADDRINUSE' }) }),
    3,
    'Port 1317 is taken.\n',
  ],
  [new CommanderError(0, 'commander.help', 'help'), 0, ''],
  [new CommanderError(1, 'commander.unknownOption', 'printed before'), 2, ''],
])('%s ends with %i', async (error, code, sentence) => {
  expect(await report(error)).toEqual([code, sentence])
})

it.each([[new TypeError('x is not a function')], ['a text']])('%s is a fault of the program', async (error) => {
  const [code, sentence] = await report(error)
  expect(code).toBe(70)
  expect(sentence).toMatch(/^This is a fault of starling, not yours: .*\nRun it again with --debug and report it\.\n$/)
  expect((await report(new TypeError('x'), true))[1]).toContain('at ')
})
