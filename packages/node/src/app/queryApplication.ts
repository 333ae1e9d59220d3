import { fromBinary, toBinary } from '@bufbuild/protobuf'
import type { MultiStore } from '../store/multiStore.ts'
import type { QueryInput, QueryResult } from './application.ts'
import { queries } from './queries.ts'
import type { Query } from './query.ts'
import { QueryError } from './queryError.ts'
import { storeNames } from './storeNames.ts'

const byPath: ReadonlyMap<string, Query> = new Map(queries.map((row) => [row.grpc, row]))

/** Codes of the Cosmos SDK that existing clients know, by gRPC status. SPEC wire 3.0 */
const codes = { NOT_FOUND: 22, INVALID_ARGUMENT: 18, FAILED_PRECONDITION: 18, UNIMPLEMENTED: 6 } as const
const phrases = {
  NOT_FOUND: 'NotFound',
  INVALID_ARGUMENT: 'InvalidArgument',
  FAILED_PRECONDITION: 'FailedPrecondition',
  UNIMPLEMENTED: 'Unimplemented',
} as const

/** Answers `abci_query` from the newest committed state: a gRPC path of the table, or `/store/{name}/key`. */
export function queryApplication(
  { stores, chainId }: { stores: MultiStore; chainId: string },
  { path, data, height }: QueryInput,
): QueryResult {
  const { version } = stores.latest()
  const answer = { codespace: '', code: 0, log: '', key: new Uint8Array(), value: new Uint8Array(), height: version }
  const refused = (code: number, log: string): QueryResult => ({ ...answer, code, codespace: 'sdk', log })
  const row = byPath.get(path)
  const [, name] = /^\/?store\/([a-z]+)\/key$/.exec(path) ?? []
  const known = row !== undefined || (name !== undefined && storeNames.includes(name))
  if (!known) {
    const log = `unknown query path "${path}"; expected a gRPC method or /store/{${storeNames.join('|')}}/key: unknown request`
    return refused(codes.UNIMPLEMENTED, log)
  }
  if (height !== 0n && height !== version) {
    return refused(26, `height ${height} is not kept; ask for ${version}, the newest, or for 0: invalid height`)
  }
  const state = stores.scratch()
  if (row === undefined) return { ...answer, key: data, value: state.store(name ?? '').get(data) ?? answer.value }
  try {
    return { ...answer, value: runQuery(row, { state, chainId, height: version }, data) }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return refused(codes[error.status], `rpc error: code = ${phrases[error.status]} desc = ${error.message}`)
  }
}

function runQuery(row: Query, context: Parameters<Query['run']>[0], data: Uint8Array): Uint8Array {
  return toBinary(row.response, row.run(context, decodeRequest(row, data)))
}

function decodeRequest(row: Query, data: Uint8Array): ReturnType<typeof fromBinary> {
  try {
    return fromBinary(row.request, data)
  } catch {
    throw new QueryError('INVALID_ARGUMENT', `the request is no ${row.request.typeName}`)
  }
}
