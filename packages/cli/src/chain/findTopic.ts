import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import { readTopic, type TopicFacts } from '@starling/services/shared/readTopic'
import { CliError } from '../cliError.ts'
import { listTopics } from './listTopics.ts'

/** A topic that a user named, as the chain shows it. */
export type FoundTopic = { readonly view: TopicView; readonly facts: TopicFacts; readonly id: bigint }

/** What to do where a topic is not found. */
export const TOPICS_HINT = '"starling topic list" shows those there are.'

/** The topic with an id, or with a name that only one topic has. Throws a `CliError` where there is none. */
export async function findTopic(client: Client, text: string): Promise<FoundTopic> {
  const view = /^[0-9]+$/.test(text) ? await topicById(client, text) : await topicByName(client, text)
  const facts = readTopic(view)
  return { view, facts, id: facts.id }
}

/** The id that a text gives, or that of the one topic with this name; whether it exists only a name tells. */
export async function findTopicId(client: Client, text: string): Promise<bigint> {
  if (/^[0-9]+$/.test(text)) return readTopicId(text)
  return readTopic(await topicByName(client, text)).id
}

function readTopicId(text: string): bigint {
  if (/^[1-9][0-9]{0,18}$/.test(text)) return BigInt(text)
  throw new CliError(2, `A topic's id is a whole number from 1, got "${text}".`)
}

async function topicById(client: Client, text: string): Promise<TopicView> {
  const id = readTopicId(text)
  try {
    return await client.topicUnverified(id)
  } catch (error) {
    if (!(error instanceof StarlingError && error.kind === 'not-found')) throw error
    throw new CliError(4, `There is no topic ${text} on this chain. ${TOPICS_HINT}`, { cause: error })
  }
}

async function topicByName(client: Client, name: string): Promise<TopicView> {
  const [found, ...more] = (await listTopics(client)).filter(({ topic }) => topic?.name === name)
  if (found === undefined) throw new CliError(4, `There is no topic named "${name}" on this chain. ${TOPICS_HINT}`)
  if (more.length === 0) return found
  const ids = [found, ...more].map(({ topic }) => topic?.base?.id ?? 0n)
  throw new CliError(2, `The topics ${ids.join(', ')} are all named "${name}": give the id.`)
}
