import { type FeedTopicName, feedTopics } from '../../feed/feedTopics.ts'
import { builtInForecasters } from '../../models/builtInForecasters.ts'
import { builtInModels } from '../../models/builtInModels.ts'
import type { ForecastInput, ModelInput } from '../../models/types.ts'
import { type BuiltInName, COMMON_PARTS } from './builtInMessages.ts'
import { openThread, type Thread } from './openThread.ts'
import { threadFile } from './threadFile.ts'
import type { AskForecast, AskPrediction } from './types.ts'

/** Common parts that a thread keeps: three topics' data, truths and losses for a few epochs. */
const KEPT = 32

/** The built-in models in threads, so that the process stays responsive. */
export type BuiltInPool = {
  /** Throws where there is no such model. */
  predict(topic: FeedTopicName, model: string): AskPrediction
  forecast(forecaster: string): AskForecast
  close(): Promise<void>
}

type Member = { readonly thread: Thread; readonly kept: Map<object, number>; last: number }

/** A pool of so many threads; what calls have in common (the same `data`, `truths` and `workers`) is sent once. */
export function builtInPool({ threads = 1 }: { readonly threads?: number } = {}): BuiltInPool {
  const members = Array.from({ length: Math.max(1, Math.trunc(threads)) }, createMember)
  const ask = (name: BuiltInName, input: ModelInput | ForecastInput, signal: AbortSignal): Promise<unknown> => {
    const member = members.reduce((least, one) => (one.thread.pending() < least.thread.pending() ? one : least))
    return call(member, name, input, signal)
  }
  return {
    predict(topic, model) {
      requireName('topic', topic, feedTopics)
      requireName(`model of ${topic}`, model, builtInModels[topic])
      return (input, signal) => ask({ topic, model }, input, signal)
    },
    forecast(forecaster) {
      requireName('forecaster', forecaster, builtInForecasters)
      return (input, signal) => ask({ forecaster }, input, signal)
    },
    async close() {
      await Promise.all(members.map(({ thread }) => thread.close()))
    },
  }
}

function createMember(): Member {
  const kept = new Map<object, number>()
  const thread = openThread({
    file: threadFile('builtInThread'),
    endOnAbort: false,
    onLine: () => {},
    onStart: () => kept.clear(),
  })
  return { thread, kept, last: 0 }
}

function call(
  member: Member,
  name: BuiltInName,
  input: ModelInput | ForecastInput,
  signal: AbortSignal,
): Promise<unknown> {
  member.thread.start()
  const rest: Record<string, unknown> = { ...input }
  const parts: Record<string, number> = {}
  for (const part of COMMON_PARTS) {
    const value = rest[part]
    if (typeof value !== 'object' || value === null) continue
    parts[part] = keep(member, value)
    delete rest[part]
  }
  return member.thread.call({ name, input: rest, parts }, signal)
}

/** The number of a value in the thread, where it is sent if it is not there; the least recently used ones go. */
function keep(member: Member, value: object): number {
  const { kept, thread } = member
  const known = kept.get(value)
  if (known !== undefined) {
    kept.delete(value)
    kept.set(value, known)
    return known
  }
  member.last += 1
  kept.set(value, member.last)
  thread.post({ keep: member.last, value })
  for (const [oldest, number] of kept) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
    thread.post({ forget: number })
  }
  return member.last
}

function requireName(what: string, name: string, known: readonly { readonly name: string }[]): void {
  if (known.some((one) => one.name === name)) return
  throw new RangeError(`There is no ${what} named "${name}". Choose one of ${known.map((one) => one.name).join(', ')}.`)
}
