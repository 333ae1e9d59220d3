import type { Snapshot } from '@starling/sdk/proof/snapshot'
import type { Client } from '@starling/sdk/types'
import { readTopic, type TopicFacts } from '@starling/services/shared/readTopic'
import type { Signer } from '../chain/chooseAccount.ts'
import { findTopicId, TOPICS_HINT } from '../chain/findTopic.ts'
import { readTrust } from '../chain/readTrust.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'
import { blocksOf, checkAge, computeAge, readMaxAge } from './age.ts'
import { type AskedEdge, type AskedLevel, assuranceLines, assuranceOf } from './assurance.ts'
import { type AskedReceipt, describeReceipt, payForAnswer, receiptLine } from './payForAnswer.ts'
import { type AskedProof, proofOf } from './proofOf.ts'
import { type Order, readOrder } from './readOrder.ts'

/** What `ask --json` prints. `ageSeconds` is null, with a reason, where the block's time lies in the future. */
export type AskedAnswer = {
  readonly topic: number
  readonly name: string
  readonly unit: string
  readonly nonce: number
  readonly height: number
  /** Time of the block that published the answer. */
  readonly time: string
  readonly value?: number
  readonly values?: Readonly<Record<string, number>>
  readonly spread: number
  readonly contributors: number
  readonly ageBlocks: number
  readonly ageSeconds: number | null
  readonly ageReason?: string
  /** Intervals around a number, or sets of labels; empty where the topic has neither. */
  readonly intervals: readonly AskedLevel[]
  /** Whether the network is known to beat model-free guesses; null where the topic does not ask. */
  readonly edge: AskedEdge | null
  /** The verified header that the answer was checked against. */
  readonly proof: AskedProof
  /** Of an answer that was paid for. */
  readonly receipt?: AskedReceipt
}

type Options = Pick<Globals, 'json' | 'node' | 'rpc' | 'home'> & {
  readonly io: Io
  readonly topic: string
  /** What the answer is paid; nothing is sent without it. */
  readonly pay?: string | undefined
  readonly reference?: string | undefined
  readonly signer?: Signer
  readonly maxAge: string | undefined
  readonly trust: string | undefined
}

/**
 * Prints a topic's current answer, proven from a trusted block on. Throws a `CliError` 4 where there is none, or only one
 * above `--max-age`, and a `StarlingError` of kind `refuted` for a lie.
 */
export async function runAsk(options: Options): Promise<void> {
  const { io, json } = options
  const maxAge = options.maxAge === undefined ? undefined : readMaxAge(options.maxAge)
  const order = readOrder(options, maxAge)
  // A node that shows old blocks as its newest is found out by their time alone.
  const maxHeadAgeMs = maxAge?.unit === 'seconds' ? { maxHeadAgeMs: BigInt(maxAge.most) * 1000n } : {}
  const trust = { ...readTrust(options, options.trust), ...maxHeadAgeMs }
  const answer = await withClient({ ...options, trust }, (client) =>
    order === undefined ? askTopic(client, options) : buyAnswer(client, options, order),
  )
  if (maxAge !== undefined && order === undefined) {
    const age = { blocks: answer.ageBlocks, seconds: answer.ageSeconds, reason: answer.ageReason ?? '' }
    checkAge(`The newest answer of topic ${answer.topic} (block ${answer.height})`, age, maxAge)
  }
  if (json) printJson(io, answer)
  else io.stdout.write(formatAnswer(answer))
}

async function askTopic(client: Client, { topic: named }: Options): Promise<AskedAnswer> {
  const [id, state] = await Promise.all([findTopicId(client, named), client.snapshot()])
  return describeAnswer(state, id)
}

/** Pays for the newest answer, and shows the one that the receipt names, both proven. */
async function buyAnswer(client: Client, options: Options, order: Order): Promise<AskedAnswer> {
  const id = await findTopicId(client, options.topic)
  const before = await describeAnswer(await client.snapshot(), id)
  const { state, receipt } = await payForAnswer(client, { ...options, id, order, ageBlocks: before.ageBlocks })
  return { ...(await describeAnswer(state, id, receipt.nonce)), receipt: describeReceipt(state, receipt) }
}

async function describeAnswer(state: Snapshot, id: bigint, nonce?: bigint): Promise<AskedAnswer> {
  const topic = await state.topic(id)
  if (topic === undefined) throw new CliError(4, `There is no topic ${id} on this chain. ${TOPICS_HINT}`)
  const answer = (await state.answer(id, nonce)) ?? refuseUnanswered(id)
  const facts = readTopic({ topic })
  const { height: newest } = state.at
  const publishedMs = Number(await state.timeOf(answer.height))
  const { blocks, seconds, reason } = computeAge({ height: answer.height, timeMs: publishedMs }, newest, Date.now())
  return {
    topic: Number(id),
    name: facts.name,
    unit: facts.policy.unit,
    nonce: Number(answer.nonce),
    height: Number(answer.height),
    time: new Date(publishedMs).toISOString(),
    ...valuesOf(facts, answer.values),
    spread: answer.spread,
    contributors: answer.contributors,
    ageBlocks: blocks,
    ageSeconds: seconds,
    ...(reason === undefined ? {} : { ageReason: reason }),
    ...assuranceOf(answer),
    proof: proofOf(state),
  }
}

function refuseUnanswered(topicId: bigint): never {
  const sentence = `Topic ${topicId} has no answer yet: no worker has predicted in a closed window.`
  throw new CliError(4, `${sentence} "starling topic show ${topicId}" shows where it stands.`)
}

/** One number, or one for each label or level. */
function valuesOf(
  { outputs }: TopicFacts,
  values: readonly number[],
): Pick<AskedAnswer, 'value'> | Pick<AskedAnswer, 'values'> {
  const [value = 0] = values
  if (outputs.length === 0) return { value }
  return { values: Object.fromEntries(outputs.map((name, i) => [name, values[i] ?? 0])) }
}

function formatAnswer(answer: AskedAnswer): string {
  const { value, values, ageBlocks, ageSeconds, ageReason } = answer
  const shown =
    values === undefined
      ? `${formatNumber(value)} ${answer.unit}`
      : Object.entries(values)
          .map(([name, one]) => `${name} ${formatNumber(one)}`)
          .join(', ')
  const age = ageSeconds === null ? `but ${ageReason}: check the clocks` : `${ageSeconds.toFixed(1)} s ago`
  const { height, hash } = answer.proof
  const lines = [
    `${answer.name} (topic ${answer.topic}): ${shown}`,
    `spread ${formatNumber(answer.spread)} among ${answer.contributors} contributor${answer.contributors === 1 ? '' : 's'}`,
    ...assuranceLines(answer),
    `nonce ${answer.nonce}, published by block ${answer.height} at ${answer.time}: ${blocksOf(ageBlocks)}, ${age}`,
    `proof: verified at height ${height} (${hash.slice(0, 16)}…)`,
    ...(answer.receipt === undefined ? [] : [receiptLine(answer.receipt)]),
  ]
  return `${lines.map(printable).join('\n')}\n`
}
