import type { FeedTopicName } from '../../feed/feedTopics.ts'
import type { ForecastInput } from '../../models/types.ts'

/** Which of the built-in models is called. */
export type BuiltInName = { readonly topic: FeedTopicName; readonly model: string } | { readonly forecaster: string }

/** The parts of an input that many calls have in common; each goes to a thread once. */
export const COMMON_PARTS = ['data', 'truths', 'workers'] as const

/** One of those parts. */
export type CommonPart = (typeof COMMON_PARTS)[number]

/** A call with its common parts replaced by their numbers. */
export type BuiltInCall = {
  readonly name: BuiltInName
  readonly input: Omit<ForecastInput, CommonPart>
  readonly parts: Partial<Record<CommonPart, number>>
}

/** What a pool sends its threads: a common part, one that is not needed any more, or a call. */
export type BuiltInMessage =
  | { readonly keep: number; readonly value: unknown }
  | { readonly forget: number }
  | (BuiltInCall & { readonly call: number })
