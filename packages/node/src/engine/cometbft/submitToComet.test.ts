import { describe, expect, it } from 'vitest'
import { ServerError } from '../../server/serverError.ts'
import { MempoolError } from '../local/mempoolError.ts'
import { type CometRpc, CometRpcError } from './cometRpc.ts'
import { submitToComet } from './submitToComet.ts'

const tx = Uint8Array.of(1, 2, 255)
const failing =
  (error: unknown): CometRpc =>
  () =>
    Promise.reject(error)

describe('a transaction for CometBFT', () => {
  it('is handed over in base64, and what the application says of it comes back', async () => {
    const asked: unknown[] = []
    const rpc: CometRpc = async (...call) => {
      asked.push(call)
      return { code: 5, data: '', log: 'no coins', codespace: 'sdk', hash: 'AABB' }
    }
    expect(await submitToComet(rpc, tx)).toEqual({ hash: 'AABB', code: 5, codespace: 'sdk', log: 'no coins' })
    expect(asked).toEqual([['broadcast_tx_sync', { tx: 'AQL/' }]])
  })

  // The words of CometBFT 0.38.26.
  it.each([
    ['duplicate', 'Internal error: tx already exists in cache'],
    ['full', 'Internal error: mempool is full: number of txs 5000 (max: 5000), total txs bytes 1 (max: 1073741824)'],
    ['tooLarge', 'Internal error: Tx too large. Max size is 1048576, but got 1048577'],
    ['tooLarge', 'Invalid Request: error reading request body: http: request body too large'],
  ])('that is refused as %s is so with a MempoolError: %s', async (kind, message) => {
    const refused = submitToComet(failing(new CometRpcError(message, false)), tx)
    await expect(refused).rejects.toThrow(new MempoolError(kind as MempoolError['kind'], message))
    await expect(refused).rejects.toMatchObject({ kind })
  })

  it.each([
    ['CometBFT is away', new CometRpcError('the mempool is full of nothing', true)],
    ['it is refused in words that are not known', new CometRpcError('the moon is full', false)],
  ])('is an unavailable service where %s', async (_what, error) => {
    await expect(submitToComet(failing(error), tx)).rejects.toThrow(new ServerError(14, error.message))
  })

  it.each([[null], [{}], [{ hash: 7, code: 0 }], [{ hash: 'AB', code: '0' }], [[]]])(
    'is an unavailable service where CometBFT answers %j',
    async (answer) => {
      await expect(submitToComet(async () => answer, tx)).rejects.toMatchObject({
        status: 14,
        message: expect.stringMatching(/no hash and code.*--rpc/),
      })
    },
  )

  it('passes on what is a fault of the program', async () => {
    await expect(submitToComet(failing(new TypeError('x')), tx)).rejects.toThrow(TypeError)
  })
})
