import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import { QueryError } from './queryError.ts'

/** Length of a page: what is asked for, the default for 0; more than the largest is refused. */
export function readLimit(limit: bigint, { defaultPageLimit, maxPageLimit }: Params): number {
  if (limit > maxPageLimit)
    throw new QueryError('INVALID_ARGUMENT', `limit must be at most ${maxPageLimit}, got ${limit}`)
  return Number(limit === 0n ? defaultPageLimit : limit)
}
