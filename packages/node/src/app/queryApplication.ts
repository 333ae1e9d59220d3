import type { MultiStore } from '../store/multiStore.ts'
import { answerQuery, noAnswer } from './answerQuery.ts'
import type { QueryInput, QueryResult } from './application.ts'
import { queries } from './queries.ts'
import type { Query } from './query.ts'
import { storeNames } from './storeNames.ts'

const byPath: ReadonlyMap<string, Query> = new Map(queries.map((row) => [row.grpc, row]))

/** Answers `abci_query` from the newest committed state: a gRPC path of the table, or `/store/{name}/key`. */
export function queryApplication(
  { stores, chainId }: { stores: MultiStore; chainId: string },
  { path, data, height }: QueryInput,
): QueryResult {
  const { version } = stores.latest()
  const row = byPath.get(path)
  const [, name] = /^\/?store\/([a-z]+)\/key$/.exec(path) ?? []
  const known = row !== undefined || (name !== undefined && storeNames.includes(name))
  if (!known) {
    const log = `unknown query path "${path}"; expected a gRPC method or /store/{${storeNames.join('|')}}/key: unknown request`
    return noAnswer(version, 6, log)
  }
  if (height !== 0n && height !== version) {
    const log = `height ${height} is not kept; ask for ${version}, the newest, or for 0: invalid height`
    return noAnswer(version, 26, log)
  }
  const state = stores.scratch()
  if (row !== undefined) return answerQuery(row, { state, chainId, height: version }, data, version)
  return { ...noAnswer(version, 0, ''), key: data, value: state.store(name ?? '').get(data) ?? new Uint8Array() }
}
