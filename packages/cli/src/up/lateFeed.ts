import type { NodeOptions } from '@starling/node/startNode'
import type { Client } from '@starling/sdk/types'
import type { Feed } from '@starling/services/feed/createFeed'
import { createFeedAnswer } from './feedRoutes.ts'

/** The feed of a node: a route before it listens, and what the route answers with once it does. */
export type LateFeed = {
  /** Adds `GET /local/feed/{topic}?nonce=`. */
  readonly addRoute: NonNullable<NodeOptions['extraRoutes']>
  /** Says whom the feed asks when its epochs began: the node itself. */
  readonly answerWith: (client: Client) => void
}

/** A feed whose node does not listen yet. */
export function createLateFeed(feed: Feed): LateFeed {
  let answer: ReturnType<typeof createFeedAnswer> | undefined
  return {
    addRoute: (app) => {
      app.get<{ Params: { topic: string }; Querystring: { nonce?: string } }>(
        '/local/feed/:topic',
        async ({ params, query }, reply) => {
          if (answer === undefined) throw new Error('the feed was asked before the node was ready')
          const { status, body } = await answer(params.topic, query.nonce ?? '')
          return reply.code(status).send(body)
        },
      )
    },
    answerWith: (client) => {
      answer = createFeedAnswer(feed, client)
    },
  }
}
