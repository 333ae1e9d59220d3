import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { expect, it } from 'vitest'
import { seededSalts } from './seededSalts.ts'

const place = { chainId: 'c-1', topicId: 1n, nonce: 5n, author: '' }

it('VT-2 makes 32 bytes that are the same again, and others for another key, place or role', () => {
  const saltOf = seededSalts(walletFromSeed('seed', 'a'))
  const salt = saltOf(place, 'inferer')
  expect(salt).toHaveLength(32)
  expect(seededSalts(walletFromSeed('seed', 'a'))(place, 'inferer')).toEqual(salt)
  const others = [
    seededSalts(walletFromSeed('seed', 'b'))(place, 'inferer'),
    saltOf(place, 'forecaster'),
    saltOf({ ...place, nonce: 6n }, 'inferer'),
    saltOf({ ...place, topicId: 2n }, 'inferer'),
    saltOf({ ...place, chainId: 'c-2' }, 'inferer'),
  ]
  expect(new Set([salt, ...others].map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(6)
})
