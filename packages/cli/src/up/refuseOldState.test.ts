import { StoreError } from '@starling/node/store/storeError'
import { expect, it } from 'vitest'
import { refuseOldState } from './refuseOldState.ts'

it.each([
  ['WRONG_VERSION', 'state directory s has other stores: use the release that wrote it'],
  ['DAMAGED', 'state file s is damaged: its meta record has no fields'],
] as const)('says of a state that is %s that --reset begins anew', (code, sentence) => {
  expect(() => refuseOldState(new StoreError(code, sentence))).toThrow(
    expect.objectContaining({ code, message: `${sentence}; a local network begins anew with --reset` }),
  )
})

it('leaves every other error as it is', () => {
  const locked = new StoreError('LOCKED', 'state directory s is in use')
  expect(() => refuseOldState(locked)).toThrow(locked)
})
