import type { Commit, CommitSig, Header } from '@starling/protocol/proof/cometTypes'
import { expect, it } from 'vitest'
import { countAttendance } from './attendance.ts'

const address = (id: number): Uint8Array => new Uint8Array(20).fill(id)
const validator = (id: number, power: bigint) => ({
  address: address(id),
  publicKey: new Uint8Array(32).fill(id),
  power,
})
const time = { seconds: 1n, nanos: 0 }
const none = new Uint8Array()
const vote = (flag: 1 | 2 | 3, id: number): CommitSig => ({
  flag,
  validatorAddress: flag === 1 ? none : address(id),
  time,
  signature: none,
})
const commit = (...signatures: CommitSig[]): Commit => ({
  height: 1n,
  round: 0,
  blockId: { hash: none, parts: { total: 0, hash: none } },
  signatures,
})
const header = (id: number): Header => ({
  version: { block: 11n, app: 1n },
  chainId: 'c',
  height: 1n,
  time,
  lastBlockId: { hash: none, parts: { total: 0, hash: none } },
  lastCommitHash: none,
  dataHash: none,
  validatorsHash: none,
  nextValidatorsHash: none,
  consensusHash: none,
  appHash: none,
  lastResultsHash: none,
  evidenceHash: none,
  proposerAddress: address(id),
})

it('counts signatures on blocks alone, by validator, and who made blocks', () => {
  const commits = [commit(vote(2, 1), vote(1, 2)), commit(vote(2, 1), vote(3, 2)), commit(vote(2, 1), vote(2, 2))]
  const counted = countAttendance([validator(1, 10n), validator(2, 5n), validator(3, 1n)], commits, [
    header(1),
    header(2),
    header(1),
  ])
  expect(counted.map(({ power, signed, proposed }) => [power, signed, proposed])).toEqual([
    [10n, 3, 2],
    [5n, 1, 1],
    [1n, 0, 0],
  ])
  expect(counted[0]?.address).toBe('01'.repeat(20))
})
