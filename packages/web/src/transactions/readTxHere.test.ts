import { expect, it } from 'vitest'
import { messageName, messageNames, readTxHere } from './readTxHere.ts'

it.each([
  ['/cosmos.bank.v1beta1.MsgSend', 'send'],
  ['/emissions.v10.AddStakeRequest', 'add stake'],
  ['/emissions.v10.InsertWorkerPayloadRequest', 'insert worker payload'],
  ['/starling.v1.CreateTopicRequest', 'create topic'],
])('%s is called %s', (url, name) => {
  expect(messageName(url)).toBe(name)
})

it('says why bytes are no transaction', () => {
  const read = readTxHere(Uint8Array.of(1, 2, 3))
  expect(read.tx).toBeUndefined()
  expect(read.fault).toMatch(/\w/)
  expect(messageNames(read)).toBe('not of this version')
})
