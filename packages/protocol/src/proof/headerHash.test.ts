import { expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { toUtf8 } from '../bytes/utf8.ts'
import { sha256 } from '../crypto/sha256.ts'
import type { Header } from './cometTypes.ts'
import { headerHash } from './headerHash.ts'
import { parseTime } from './parseTime.ts'
import { voteSignBytes } from './voteSignBytes.ts'

const named = (text: string): Uint8Array => sha256(toUtf8(text))
const zeros = new Uint8Array(32)

it('hashes the header of which CometBFT publishes the hash', () => {
  const header: Header = {
    version: { block: 1n, app: 2n },
    chainId: 'chainId',
    height: 3n,
    time: parseTime('2019-10-13T16:14:44Z') ?? { seconds: 0n, nanos: 0 },
    lastBlockId: { hash: zeros, parts: { total: 6, hash: zeros } },
    lastCommitHash: named('last_commit_hash'),
    dataHash: named('data_hash'),
    validatorsHash: named('validators_hash'),
    nextValidatorsHash: named('next_validators_hash'),
    consensusHash: named('consensus_hash'),
    appHash: named('app_hash'),
    lastResultsHash: named('last_results_hash'),
    evidenceHash: named('evidence_hash'),
    proposerAddress: named('proposer_address').subarray(0, 20),
  }
  expect(toHex(headerHash(header))).toBe('f740121f553b5418c3efbd343c2dbfe9e007bb67b0d020a0741374bab65242a4')
})

it('writes the vote of which CometBFT publishes the bytes', () => {
  const time = parseTime('0001-01-01T00:00:00Z') ?? { seconds: 0n, nanos: 0 }
  const vote = { chainId: '', height: 1n, round: 1, blockId: undefined, time }
  const expected = '210802110100000000000000190100000000000000' + '2a0b088092b8c398feffffff01'
  expect(voteSignBytes(vote)).toEqual(fromHex(expected))
})

it('reads times to the nanosecond, and none that the calendar does not have', () => {
  for (const text of ['1970-01-01T00:00:00Z', '2000-02-29T23:59:59Z', '1969-12-31T00:00:01Z', '2026-11-29T06:40:00Z']) {
    expect(parseTime(text)).toEqual({ seconds: BigInt(Date.parse(text) / 1000), nanos: 0 })
  }
  expect(parseTime('2026-01-31T23:59:59.5Z')?.nanos).toBe(500_000_000)
  expect(parseTime('2026-01-31T23:59:59.000000001Z')?.nanos).toBe(1)
  const wrong = [
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
  ]
  expect(wrong.map(parseTime)).toEqual(wrong.map(() => undefined))
})
