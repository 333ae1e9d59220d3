import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CliError } from '../cliError.ts'
import { readGenesis } from './readGenesis.ts'

const folder = mkdtempSync(join(tmpdir(), 'starling-genesis-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'genesis.json')

describe('a genesis file', () => {
  it('gives the id of the chain and the state that it begins with', () => {
    const app_state = { balances: [{ address: 'allo1x', amount: '1' }] }
    writeFileSync(file, JSON.stringify({ chain_id: 'c', initial_height: '1', validators: [], app_state }))
    expect(readGenesis(file)).toEqual({ chainId: 'c', appState: app_state })
  })

  it.each(['', '{', '[]', 'null', '{}', '{"chain_id":"","app_state":{}}', '{"chain_id":7,"app_state":{}}'])(
    'is refused with its name where it holds %j',
    (text) => {
      writeFileSync(file, text)
      expect(() => readGenesis(file)).toThrow(CliError)
      expect(() => readGenesis(file)).toThrow(file)
    },
  )

  it.each(['null', '"x"', '7', '[]'])('is refused where its state is %s', (state) => {
    writeFileSync(file, `{"chain_id":"c","app_state":${state}}`)
    expect(() => readGenesis(file)).toThrow(/must be a genesis file with "chain_id" and "app_state"/)
  })

  it('that is missing is told with what to do', () => {
    expect(() => readGenesis(join(folder, 'none.json'))).toThrow(/cannot be read: ENOENT.*--genesis/)
  })
})
