import { StoreError } from '@starling/node/store/storeError'
import { expect, it } from 'vitest'
import { refuseOldState } from './refuseOldState.ts'

it('says of a state of another release that --reset begins anew, and leaves every other error as it is', () => {
  const old = new StoreError('WRONG_VERSION', 'state directory s has other stores: use the release that wrote it')
  expect(() => refuseOldState(old)).toThrow(
    expect.objectContaining({
      code: 'WRONG_VERSION',
      message: `${old.message}; a local network begins anew with --reset`,
    }),
  )
  const locked = new StoreError('LOCKED', 'state directory s is in use')
  expect(() => refuseOldState(locked)).toThrow(locked)
})
