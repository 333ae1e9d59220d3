import { create, toBinary } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import { MsgSendSchema } from '../gen/cosmos/bank/v1beta1/tx_pb.ts'
import { decodeCanonical } from './decodeCanonical.ts'

const amount = [{ denom: 'uallo', amount: '5' }]
const good = toBinary(MsgSendSchema, create(MsgSendSchema, { fromAddress: 'a', toAddress: 'b', amount }))

it('DET-11 what the decoder accepts is the only spelling of its meaning', () => {
  const change = fc.record({ at: fc.nat(good.length - 1), by: fc.uint8Array({ maxLength: 3 }), drop: fc.nat(2) })
  fc.assert(
    fc.property(change, ({ at, by, drop }) => {
      const bytes = Uint8Array.from([...good.slice(0, at), ...by, ...good.slice(at + drop)])
      try {
        expect(toBinary(MsgSendSchema, decodeCanonical(MsgSendSchema, bytes))).toEqual(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
      }
    }),
    { numRuns: 2000 },
  )
  expect(decodeCanonical(MsgSendSchema, good).toAddress).toBe('b')
})
