import type { Answer, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { FeesParams } from '@starling/protocol/gen/starling/v1/fees_pb'
import type { GetPaymentsResponse, Receipt } from '@starling/protocol/gen/starling/v1/payments_pb'
import type {
  EpochLosses,
  GetActorResponse,
  GetCalibrationResponse,
  GetContributorsResponse,
  GetHistoryResponse,
  GetLedgerResponse,
  GetResultResponse,
  GetTallyResponse,
  GetWindowsResponse,
  TopicView,
  Truth,
} from '@starling/protocol/gen/starling/v1/query_pb'
import type { Topic } from '@starling/protocol/gen/starling/v1/topics_pb'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { Snapshot, VerifiedAt } from './proof/snapshot.ts'

/** Where a page of a list begins, and how long it is. */
export type Page<C> = { readonly after?: C; readonly limit?: number }

/** Closed epochs with a higher nonce than `after`, and none above `until`; of a history `shares` in the answers, too. */
export type EpochRange = Page<bigint> & { readonly until?: bigint }
export type HistoryRange = EpochRange & { readonly shares?: boolean }

/** One event of a block or a transaction: attribute values as plain text, those of typed events as JSON text. */
export type ChainEvent = { readonly type: string; readonly attributes: Readonly<Record<string, string>> }

/** A block as subscribers see it: what its hooks emitted. Transactions' events come with the transactions. */
export type BlockNotice = { readonly height: bigint; readonly events: readonly ChainEvent[] }

/** A transaction that stands in a block. */
export type LandedTx = {
  readonly hash: string
  readonly height: bigint
  /** 0 = done; otherwise `codespace` and `code` name the refusal, and `log` says it in words. */
  readonly code: number
  readonly codespace: string
  readonly log: string
  readonly gasUsed: bigint
  readonly events: readonly ChainEvent[]
}

/** A proven value, and the verified header that it was checked against. */
export type Verified<T> = { readonly value: T; readonly at: VerifiedAt }

/**
 * A node seen from outside: typed queries, broadcasting, subscriptions. All methods throw a `StarlingError`.
 *
 * What reads the state verifies: `topic`, `answer`, `epoch`, `receipt`, `balance`, `account`, and any key through `snapshot`. Their
 * value is undefined where it is proven that there is none; a lie is an error of kind `refuted`. What cannot or need not
 * be proven is called `…Unverified` and is believed as the node says it. Answers to the same unverified question asked
 * at the same time are one object: do not change them.
 */
export interface Client {
  readonly url: string
  readonly rpc: string
  chainId(): Promise<string>
  /** Height of the newest block; 0 before the first. */
  height(): Promise<bigint>
  /**
   * Height of the newest block this client has heard of, without asking: current while it listens (`blocks`,
   * `waitForTx`), undefined before. Clients may leave it out.
   */
  readonly seenHeight?: () => bigint | undefined
  /** The state under the node's newest verified header: one block behind the newest, whose state the next header names. */
  snapshot(): Promise<Snapshot>
  topic(topicId: bigint): Promise<Verified<Topic | undefined>>
  /** The newest answer, or that of one nonce. */
  answer(topicId: bigint, nonce?: bigint): Promise<Verified<Answer | undefined>>
  /** The newest settled epoch, or that of one nonce. */
  epoch(topicId: bigint, nonce?: bigint): Promise<Verified<EpochRecord | undefined>>
  /** What was bought, by whom and for how much; kept for a while only. */
  receipt(id: bigint): Promise<Verified<Receipt | undefined>>
  /** In uallo. */
  balance(address: string): Promise<Verified<bigint>>
  account(address: string): Promise<Verified<{ readonly accountNumber: bigint; readonly sequence: bigint } | undefined>>
  topicsUnverified(page?: Page<bigint>): Promise<readonly TopicView[]>
  topicUnverified(topicId: bigint): Promise<TopicView>
  windowsUnverified(topicId: bigint): Promise<GetWindowsResponse>
  /** The newest answer, or that of one nonce. */
  answerUnverified(topicId: bigint, nonce?: bigint): Promise<{ readonly answer: Answer; readonly height: bigint }>
  /** Answers above a nonce, oldest first. */
  answersUnverified(topicId: bigint, page?: Page<bigint>): Promise<readonly Answer[]>
  /** The newest settled epoch, or that of one nonce. */
  epochUnverified(topicId: bigint, nonce?: bigint): Promise<EpochRecord>
  epochsUnverified(topicId: bigint, page?: Page<bigint>): Promise<readonly EpochRecord[]>
  truthsUnverified(topicId: bigint, page?: Page<bigint>): Promise<readonly Truth[]>
  lossesUnverified(topicId: bigint, page?: Page<bigint>): Promise<readonly EpochLosses[]>
  /** Closed epochs of a range in columns, oldest first: one by one a kilobyte of record is some hundred bytes. */
  historyUnverified(topicId: bigint, range?: HistoryRange): Promise<GetHistoryResponse>
  /** Sums over the settled epochs of a range, of which one call looks at 256 epochs at most. */
  tallyUnverified(topicId: bigint, range?: EpochRange): Promise<GetTallyResponse>
  resultUnverified(topicId: bigint, address: string, nonce?: bigint): Promise<GetResultResponse>
  /** Coverage, reliability, edge and baseline as of the newest settled epoch; empty in topics of the reference's rules. */
  calibrationUnverified(topicId: bigint): Promise<GetCalibrationResponse>
  /** Skill, originality and share of everybody whom contribution pay knows; a page counts addresses. */
  contributorsUnverified(topicId: bigint, page?: Page<string>): Promise<GetContributorsResponse>
  actorUnverified(topicId: bigint, address: string): Promise<GetActorResponse>
  /** Addresses of registered workers. */
  workersUnverified(topicId: bigint, page?: Page<string>): Promise<readonly string[]>
  /** Escrow, suggested price and funders of a topic. */
  paymentsUnverified(topicId: bigint, page?: Page<string>): Promise<GetPaymentsResponse>
  ledgerUnverified(): Promise<GetLedgerResponse>
  feesUnverified(): Promise<FeesParams>
  /** In uallo. */
  balanceUnverified(address: string): Promise<bigint>
  /** Number and next sequence; undefined where the address never received coins. */
  accountUnverified(address: string): Promise<{ readonly accountNumber: bigint; readonly sequence: bigint } | undefined>
  /** What the feed of a local network offers for a nonce; undefined where there is none. */
  feed(topic: string, nonce: bigint): Promise<unknown>
  /**
   * Hands a signed transaction over once. The hash is returned once the mempool has taken it; a refusal throws, also
   * that of a mempool that had these very bytes before (`sdk` 19).
   */
  broadcast(tx: Uint8Array): Promise<string>
  /** A transaction by hash; undefined while it stands in no block. */
  tx(hash: string): Promise<LandedTx | undefined>
  /** Resolves once the transaction stands in a block; throws when the block `timeoutHeight` has passed without it. */
  waitForTx(hash: string, timeoutHeight: bigint): Promise<LandedTx>
  /**
   * Every new block from now on, without gaps: what is missed during a reconnect is fetched, and a node that is away is
   * waited for. The first call of a client may begin with the block that is the newest when the node answers. A reader
   * that falls more than 10,000 blocks behind gets an error. Ends with `close`.
   */
  blocks(): AsyncIterable<BlockNotice>
  close(): Promise<void>
}

/** A key that signs. */
export interface Wallet {
  readonly address: string
  readonly publicKey: Uint8Array
  /** Raw private key, 32 bytes. */
  readonly privateKey: Uint8Array
}

/** What became of a transaction that was sent. */
export type SentTx = { readonly hash: string; readonly landed: Promise<LandedTx> }

/** Sends transactions of one account, one after the other, with correct sequences. */
export interface Sender {
  readonly address: string
  /**
   * Signs, broadcasts and returns once the mempool has the transaction. `landed` resolves when it stands in a block
   * with code 0, and rejects with the chain's refusal. An ambiguous failure is looked up by hash before it is sent
   * again, so that nothing is sent twice.
   */
  send(messages: readonly MessageToSend[], options?: { readonly memo?: string }): Promise<SentTx>
  /** Fee of a transaction with these messages at the chain's gas price, in uallo. */
  feeOf(messages: readonly MessageToSend[]): Promise<bigint>
}
