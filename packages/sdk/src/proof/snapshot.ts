import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf'
import { toHex } from '@starling/protocol/bytes/hex'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import { parseAddress } from '@starling/protocol/crypto/address'
import { BaseAccountSchema } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import {
  type Answer,
  AnswerSchema,
  EpochCountsSchema,
  type EpochRecord,
  EpochRecordSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import { type Receipt, ReceiptSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import { type Topic, TopicSchema } from '@starling/protocol/gen/starling/v1/topics_pb'
import { authKeys } from '@starling/protocol/modules/auth/keys'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import { paymentsKeys } from '@starling/protocol/modules/payments/keys'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { synthesisKeys } from '@starling/protocol/modules/synthesis/keys'
import { topicsKeys } from '@starling/protocol/modules/topics/keys'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import type { LightBlock } from '@starling/protocol/proof/cometTypes'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { verifyStoreValue } from '@starling/protocol/proof/verifyStoreValue'
import { readRecordBytes } from '../records/readRecordBytes.ts'
import { StarlingError } from '../starlingError.ts'
import { type LightClient, timeMs } from './createLightClient.ts'
import type { ClaimedHeader, LightSource } from './lightSource.ts'
import { readHeaders } from './readHeaders.ts'
import { refuted } from './refuted.ts'

/** The verified header that values were checked against. */
export type VerifiedAt = {
  readonly height: bigint
  /** Hash of the header. */
  readonly hash: Uint8Array
  /** Hash of the state that the header holds: that after the block before. */
  readonly appHash: Uint8Array
  /** Milliseconds since 1970. */
  readonly timeMs: bigint
}

/** The state under one verified header. Every value is proven; undefined = proven to be absent. */
export interface Snapshot {
  readonly at: VerifiedAt
  /** The bytes of one key of one store. */
  read(store: string, key: Uint8Array): Promise<Uint8Array | undefined>
  topic(topicId: bigint): Promise<Topic | undefined>
  /** The newest answer, or that of one nonce. */
  answer(topicId: bigint, nonce?: bigint): Promise<Answer | undefined>
  /** The record of the newest settled epoch, or of one nonce. */
  epoch(topicId: bigint, nonce?: bigint): Promise<EpochRecord | undefined>
  /** What was bought, by whom and for how much; kept for a while only. SPEC PW-1 */
  receipt(id: bigint): Promise<Receipt | undefined>
  /** In uallo. */
  balance(address: string): Promise<bigint>
  account(address: string): Promise<{ readonly accountNumber: bigint; readonly sequence: bigint } | undefined>
  /** Header, commit and validators of a height, verified; that of this state's header and of all before it. */
  block(height: bigint): Promise<LightBlock>
  /**
   * Headers from `to` down to `from`, newest first, each proven by the hash that its successor holds. The counts of
   * transactions are what the node says.
   */
  headers(from: bigint, to: bigint): Promise<readonly ClaimedHeader[]>
  /** Time of a verified block, in milliseconds since 1970. */
  timeOf(height: bigint): Promise<bigint>
}

/** The state that the header of `block`, which is verified, proves. */
export function openSnapshot(source: LightSource, light: LightClient, block: LightBlock): Snapshot {
  const { height, appHash, time } = block.header
  const read = async (store: string, key: Uint8Array): Promise<Uint8Array | undefined> => {
    const claim = await source.value(store, key, height - 1n)
    const value = claim.value.length === 0 ? undefined : claim.value
    try {
      verifyStoreValue({ appHash, store, key, value, ops: claim.ops })
    } catch (error) {
      throw refuted(error, `the value of ${store}/${printableKey(key)} after block ${height - 1n}`)
    }
    return value
  }
  const message = async <S extends DescMessage>(
    schema: S,
    store: string,
    key: Uint8Array,
  ): Promise<MessageShape<S> | undefined> => {
    const bytes = await read(store, key)
    return bytes === undefined ? undefined : fromBinary(schema, bytes)
  }
  return {
    at: { height, hash: headerHash(block.header), appHash, timeMs: timeMs(time) },
    read,
    topic: (id) => message(TopicSchema, 'topics', topicsKeys.topic(id)),
    answer: (id, nonce) =>
      message(
        AnswerSchema,
        'synthesis',
        nonce === undefined ? synthesisKeys.latestAnswer(id) : synthesisKeys.answer(id, nonce),
      ),
    async epoch(id, nonce) {
      const wanted = nonce ?? (await message(EpochCountsSchema, 'rewards', rewardsKeys.counts(id)))?.lastSettled ?? 0n
      const bytes = wanted === 0n ? undefined : await readRecordBytes(read, id, wanted)
      return bytes === undefined ? undefined : fromBinary(EpochRecordSchema, bytes)
    },
    receipt: (id) => message(ReceiptSchema, 'payments', paymentsKeys.receipt(id)),
    balance: async (address) => readBalance(await read('bank', balanceKey(address))),
    async account(address) {
      const account = await message(BaseAccountSchema, 'auth', authKeys.account(address))
      return account && { accountNumber: account.accountNumber, sequence: account.sequence }
    },
    block: (wanted) => light.at(wanted),
    headers: (from, to) => readHeaders(source, light, { from, to }),
    timeOf: async (at) => timeMs((await light.at(at)).header.time),
  }
}

/** A readable path as it is, other keys in hexadecimal. */
function printableKey(key: Uint8Array): string {
  const isText = key.every((byte) => byte > 0x20 && byte < 0x7f)
  return isText ? String.fromCharCode(...key) : toHex(key)
}

function balanceKey(address: string): Uint8Array {
  const bytes = parseAddress(address)
  if (bytes === undefined) {
    throw new StarlingError('bad-input', `"${address}" is no address; expected one like allo1….`)
  }
  return bankKeys.balance(bytes, 'uallo')
}

function readBalance(bytes: Uint8Array | undefined): bigint {
  if (bytes === undefined) return 0n
  const amount = parseAmount(fromUtf8(bytes) ?? '')
  if (typeof amount === 'bigint') return amount
  throw new StarlingError('unavailable', `The balance ${toHex(bytes)} is not of this version's form.`)
}
