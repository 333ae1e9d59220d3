import { toBinary } from '@bufbuild/protobuf'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { queries } from '../../app/queries.ts'
import type { Query } from '../../app/query.ts'
import { grpcStatus } from '../grpcStatus.ts'
import { messageToJson } from '../json/messageToJson.ts'
import { nodeQueries } from '../nodeQueries.ts'
import type { ChainContext } from '../nodeQuery.ts'
import { readAnswer } from '../readAnswer.ts'
import { ServerError } from '../serverError.ts'
import { readBody } from './readBody.ts'
import { readHeight } from './readHeight.ts'
import { type Parameters, readRequest } from './readRequest.ts'

/** Answers one request with the text of a JSON document. */
export type Answer = (request: FastifyRequest, reply: FastifyReply) => string | Promise<string>

/** Adds a route for every row of both tables, each under its path with `{field}` for fields of the request. */
export function addQueryRoutes(app: FastifyInstance, context: ChainContext): void {
  for (const row of queries)
    addRoute(app, 'GET', row.rest, (request, reply) => answerFromState(context, row, request, reply))
  for (const row of nodeQueries) {
    addRoute(app, row.method, row.rest, (request) => {
      const message =
        row.method === 'GET' ? readRequest(row.request, parametersOf(request)) : readBody(row.request, request.body)
      return JSON.stringify(messageToJson(row.response, row.run(context, message)))
    })
  }
}

/** Adds one route that answers in JSON; `path` has `{field}`, or `{field:number}`, for parameters. */
export function addRoute(app: FastifyInstance, method: 'GET' | 'POST', path: string, answer: Answer): void {
  const url = path.replace(/\{(\w+)\}/g, ':$1').replace(/\{(\w+):number\}/g, ':$1(^\\d+$)')
  app.route({
    method,
    url,
    handler(request, reply) {
      const text = answer(request, reply)
      reply.type('application/json; charset=utf-8')
      return typeof text === 'string' ? reply.send(text) : text
    },
  })
}

/** Parameters of the path and the query string together. */
export function parametersOf(request: FastifyRequest): Parameters {
  const parameters = new Map<string, readonly string[]>()
  // Without a schema, Fastify types both as unknown; its parsers make records of text.
  const query = request.query as Readonly<Record<string, string | readonly string[]>>
  for (const [name, value] of Object.entries(query)) parameters.set(name, typeof value === 'string' ? [value] : value)
  const path = request.params as Readonly<Record<string, string>>
  for (const [name, value] of Object.entries(path)) parameters.set(name, [value])
  return parameters
}

function answerFromState(
  { application }: ChainContext,
  row: Query,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  const height = readHeight(request)
  const data = toBinary(row.request, readRequest(row.request, parametersOf(request)))
  const result = application.query({ path: row.grpc, data, height, prove: false })
  if (result.height === 0n) {
    throw new ServerError(grpcStatus.UNAVAILABLE, 'The chain has no block yet; ask again when it has made the first.')
  }
  reply.header('grpc-metadata-x-cosmos-block-height', String(result.height))
  return JSON.stringify(messageToJson(row.response, readAnswer(row, result)))
}
