import type { FastifyRequest } from 'fastify'
import { grpcStatus } from '../grpcStatus.ts'
import { ServerError } from '../serverError.ts'

/** The height that a query asks for in its header `x-cosmos-block-height`; 0, the newest, without one. */
export function readHeight({ headers }: FastifyRequest): bigint {
  const text = headers['x-cosmos-block-height']
  if (text === undefined || text === '') return 0n
  if (typeof text === 'string' && /^\d{1,18}$/.test(text)) return BigInt(text)
  const sentence = `x-cosmos-block-height must be a whole number from 0, got "${String(text).slice(0, 80)}"`
  throw new ServerError(grpcStatus.INVALID_ARGUMENT, sentence)
}
