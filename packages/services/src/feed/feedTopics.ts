import { type TopicTemplate, topicTemplates } from '@starling/protocol/presets/topicTemplates'

/** What a feed topic asks, in the words of a topic's policy. */
export type FeedTopic = TopicTemplate

/** Names of the topics a market feed serves. */
export type FeedTopicName = FeedTopic['name']

/** The topics of a market feed; each asks about the next trading day. */
export const feedTopics: readonly FeedTopic[] = topicTemplates
