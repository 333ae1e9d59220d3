import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import type { TopicFacts } from '@starling/services/shared/readTopic'
import { findTopic } from '../chain/findTopic.ts'
import { openRest } from '../chain/openRest.ts'
import { readBlock } from '../chain/readBlock.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'
import { blocksOf, checkAge, computeAge, readMaxAge } from './age.ts'

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
  readonly intervals: readonly {
    readonly level: number
    readonly lower: number
    readonly upper: number
    readonly coverage: number
  }[]
  readonly edge: null
  /** The block the answer was read at; nothing of it is verified yet. */
  readonly proof: {
    readonly status: 'unverified'
    readonly height: number
    readonly hash: string
    readonly appHash: string
  }
}

type Options = Pick<Globals, 'json' | 'node' | 'rpc'> & {
  readonly io: Io
  readonly topic: string
  readonly maxAge: string | undefined
}

/** Prints a topic's current answer. Throws a `CliError` 4 where there is none, or only one above `--max-age`. */
export async function runAsk(options: Options): Promise<void> {
  const { io, json } = options
  const maxAge = options.maxAge === undefined ? undefined : readMaxAge(options.maxAge)
  const answer = await withClient(options, (client) => askTopic(client, options))
  if (maxAge !== undefined) {
    const age = { blocks: answer.ageBlocks, seconds: answer.ageSeconds, reason: answer.ageReason ?? '' }
    checkAge(`The newest answer of topic ${answer.topic} (block ${answer.height})`, age, maxAge)
  }
  if (json) printJson(io, answer)
  else io.stdout.write(formatAnswer(answer))
}

async function askTopic(client: Client, { node, topic }: Options): Promise<AskedAnswer> {
  const { id, facts } = await findTopic(client, topic)
  const { answer, height: newest } = await newestAnswer(client, id)
  const rest = openRest(node)
  const [published, readAt] = await Promise.all([readBlock(rest, answer.height), readBlock(rest, newest)])
  const { blocks, seconds, reason } = computeAge(published, newest, Date.now())
  return {
    topic: Number(id),
    name: facts.name,
    unit: facts.policy.unit,
    nonce: Number(answer.nonce),
    height: Number(answer.height),
    time: published.time,
    ...valuesOf(facts, answer.values),
    spread: answer.spread,
    contributors: answer.contributors,
    ageBlocks: blocks,
    ageSeconds: seconds,
    ...(reason === undefined ? {} : { ageReason: reason }),
    intervals: [],
    edge: null,
    proof: { status: 'unverified', height: Number(newest), hash: readAt.hash, appHash: readAt.appHash },
  }
}

async function newestAnswer(client: Client, topicId: bigint): ReturnType<Client['answerUnverified']> {
  try {
    return await client.answerUnverified(topicId)
  } catch (error) {
    if (!(error instanceof StarlingError && error.kind === 'not-found')) throw error
    const sentence = `Topic ${topicId} has no answer yet: no worker has predicted in a closed window.`
    throw new CliError(4, `${sentence} "starling topic show ${topicId}" shows where it stands.`, { cause: error })
  }
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
    `nonce ${answer.nonce}, published by block ${answer.height} at ${answer.time}: ${blocksOf(ageBlocks)}, ${age}`,
    `unverified, as the node at block ${height} (${hash.slice(0, 16)}…) says it`,
  ]
  return `${lines.map(printable).join('\n')}\n`
}
