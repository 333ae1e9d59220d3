import { expect, it } from 'vitest'
import { toGatewayJson } from './toGatewayJson.ts'

it('turns hashes, parts and flags of a block, and leaves all else', () => {
  const block = {
    header: { height: '2', last_block_id: { hash: '00FF', parts: { total: 1, hash: 'AB' } }, app_hash: '' },
    data: { txs: ['AQI='] },
    last_commit: { signatures: [{ block_id_flag: 2, validator_address: 'CD', signature: 'c2ln' }] },
  }
  expect(toGatewayJson(block)).toEqual({
    header: { height: '2', last_block_id: { hash: 'AP8=', part_set_header: { total: 1, hash: 'qw==' } }, app_hash: '' },
    data: { txs: ['AQI='] },
    last_commit: {
      signatures: [{ block_id_flag: 'BLOCK_ID_FLAG_COMMIT', validator_address: 'zQ==', signature: 'c2ln' }],
    },
  })
})
