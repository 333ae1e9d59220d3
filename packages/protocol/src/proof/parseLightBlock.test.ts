import { expect, it } from 'vitest'
import { toBase64 } from '../bytes/base64.ts'
import { toHex } from '../bytes/hex.ts'
import type { BlockId, LightBlock } from './cometTypes.ts'
import { parseLightBlock } from './parseLightBlock.ts'
import { ProofError } from './proofError.ts'
import { testBlock, testValidator } from './testing/testValidators.ts'

const block = testBlock({ height: 7n, seconds: 1_700_000_000n, validators: [testValidator('a', 3n)] })

const idJson = ({ hash, parts }: BlockId): object => ({
  hash: toHex(hash).toUpperCase(),
  parts: { total: parts.total, hash: toHex(parts.hash).toUpperCase() },
})

function answersOf({ header, commit, validators }: LightBlock) {
  const time = '2023-11-14T22:13:20Z'
  return {
    commit: {
      signed_header: {
        header: {
          version: { block: '11', app: '1' },
          chain_id: header.chainId,
          height: '7',
          time,
          last_block_id: idJson(header.lastBlockId),
          last_commit_hash: toHex(header.lastCommitHash),
          data_hash: toHex(header.dataHash),
          validators_hash: toHex(header.validatorsHash),
          next_validators_hash: toHex(header.nextValidatorsHash),
          consensus_hash: toHex(header.consensusHash),
          app_hash: toHex(header.appHash),
          last_results_hash: toHex(header.lastResultsHash),
          evidence_hash: toHex(header.evidenceHash),
          proposer_address: toHex(header.proposerAddress),
        },
        commit: {
          height: '7',
          round: 0,
          block_id: idJson(commit.blockId),
          signatures: commit.signatures.map(({ flag, validatorAddress, signature }) => ({
            block_id_flag: flag as number,
            validator_address: toHex(validatorAddress),
            timestamp: time,
            signature: toBase64(signature) as string | null,
          })),
        },
      },
      canonical: true,
    },
    validators: {
      block_height: '7',
      validators: validators.map(({ address, publicKey, power }) => ({
        address: toHex(address),
        pub_key: { type: 'tendermint/PubKeyEd25519', value: toBase64(publicKey) },
        voting_power: power.toString(),
        proposer_priority: '0',
      })),
      count: '1',
      total: '1',
    },
  }
}

type Answers = ReturnType<typeof answersOf>

/** The message that a change of honest answers is refused with. */
function refusal(change: (answers: Answers) => void): string {
  const answers = answersOf(block)
  change(answers)
  try {
    parseLightBlock(answers.commit, answers.validators)
    return 'accepted'
  } catch (error) {
    if (error instanceof ProofError && error.code === 'MALFORMED') return error.message
    throw error
  }
}

const first = <T>([item]: readonly T[]): T => {
  if (item === undefined) throw new Error('The fixture is empty.')
  return item
}

it('reads what CometBFT answers', () => {
  const { commit, validators } = answersOf(block)
  const read = parseLightBlock(commit, validators)
  const [{ address, publicKey, power }] = block.validators as [LightBlock['validators'][number]]
  expect(read).toEqual({ ...block, validators: [{ address, publicKey, power }] })
})

it('an application version that is left out is 0, and a missing signature is empty', () => {
  const { commit, validators } = answersOf(block)
  const version = { block: '11' }
  const header = { ...commit.signed_header.header, version }
  first(commit.signed_header.commit.signatures).signature = null
  const read = parseLightBlock({ signed_header: { ...commit.signed_header, header } }, validators)
  expect(read.header.version.app).toBe(0n)
  expect(first(read.commit.signatures).signature).toEqual(new Uint8Array())
})

it('names the field that is wrong', () => {
  expect(refusal(({ commit }) => Object.assign(commit, { signed_header: null }))).toMatch(
    /^commit\.signed_header is .*an object/,
  )
  const header = (change: object) => (answers: Answers) =>
    void Object.assign(answers.commit.signed_header.header, change)
  expect(refusal(header({ height: '-1' }))).toMatch(/^commit\.signed_header\.header\.height is/)
  expect(refusal(header({ height: '9223372036854775808' }))).toMatch(/header\.height is .*63 bits/)
  expect(refusal(header({ time: 'yesterday' }))).toMatch(/header\.time is/)
  expect(refusal(header({ app_hash: 'xyz' }))).toMatch(/header\.app_hash is/)
  expect(refusal(header({ validators_hash: '' }))).toMatch(/header\.validators_hash is .*32 bytes/)
  const sign = (change: object) => (answers: Answers) =>
    void Object.assign(first(answers.commit.signed_header.commit.signatures), change)
  expect(refusal(sign({ block_id_flag: 4 }))).toMatch(/commit\.signatures\[0\]\.block_id_flag is .*1, 2 or 3/)
  expect(refusal(sign({ signature: '*' }))).toMatch(/signatures\[0\]\.signature is .*base64/)
  expect(refusal(({ commit }) => Object.assign(commit.signed_header.commit, { signatures: {} }))).toMatch(/a list/)
  const validator = (change: object) => (answers: Answers) =>
    void Object.assign(first(answers.validators.validators), change)
  expect(refusal(validator({ address: '00'.repeat(20) }))).toMatch(/validators\[0\]\.address is .*of pub_key/)
  expect(refusal(validator({ pub_key: { type: 'other', value: '' } }))).toMatch(/pub_key\.type is/)
  expect(refusal(({ validators }) => Object.assign(validators, { total: '2' }))).toMatch(/total is .*all pages/)
  expect(refusal(({ validators }) => Object.assign(validators, { block_height: '8' }))).toMatch(/block_height is/)
})
