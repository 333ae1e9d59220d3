import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@starling/protocol/bytes/hex'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalEngine } from '../engine/local/localEngine.ts'
import { openBlockStore } from '../engine/local/openBlockStore.ts'
import { openValidatorKey } from '../engine/local/openValidatorKey.ts'
import { getBalance } from '../modules/bank/view.ts'
import { openLmdbStore } from '../store/openLmdbStore.ts'
import { createApplication } from './createApplication.ts'
import { storeNames } from './storeNames.ts'
import { openTestChain, testActor } from './testing/testChain.ts'

const chainId = 'starling-test-1'
const alice = testActor('alice')
const bob = testActor('bob')
const { sign } = openTestChain([alice, bob])

describe('the application on the embedded engine, on disk', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'starling-app-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const open = () => {
    const stores = openLmdbStore({ path: join(folder, 'state'), names: storeNames, chainId, formatVersion: 1 })
    const balances = [alice, bob].map(({ address }) => ({ address, amount: '1000000000000' }))
    const engine = createLocalEngine({
      application: createApplication({ stores, chainId }),
      blockStore: openBlockStore({ directory: join(folder, 'blocks'), chainId }),
      chainId,
      genesis: { appState: { balances } },
      clock: () => 0n,
      signer: openValidatorKey(folder),
    })
    return { stores, engine }
  }
  const pay = (sequence: bigint) => {
    const value = { fromAddress: alice.address, toAddress: bob.address, amount: [{ denom: 'uallo', amount: '3' }] }
    return sign(alice, [{ typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }], { sequence })
  }

  it('takes transactions, makes blocks, and continues from where it was', async () => {
    const first = open()
    expect(first.engine.submitTx(pay(0n)).code).toBe(0)
    const { hash } = first.engine.submitTx(pay(1n))
    expect(first.engine.submitTx(pay(5n)).code).toBe(32)
    expect(first.engine.mine().results.txResults.map(({ code }) => code)).toEqual([0, 0])
    expect(await first.engine.waitForTx(hash, 1n)).toMatchObject({ height: 1n, index: 1 })
    const { appHash } = first.engine.status()
    first.engine.close()
    first.stores.close()

    const second = open()
    expect(second.engine.status().height).toBe(1n)
    expect(toHex(second.engine.status().appHash)).toBe(toHex(appHash))
    expect(getBalance(second.stores, bob.address)).toBe(1_000_000_000_006n)
    expect(second.engine.submitTx(pay(2n)).code).toBe(0)
    expect(second.engine.mine().header.height).toBe(2n)
    second.engine.close()
    second.stores.close()
  })
})
