import type { MultiStore, StoreSet } from '../store/multiStore.ts'
import { answerQuery, noAnswer } from './answerQuery.ts'
import type { QueryInput, QueryResult } from './application.ts'
import { queries } from './queries.ts'
import type { Query } from './query.ts'
import { storeNames } from './storeNames.ts'

const byPath: ReadonlyMap<string, Query> = new Map(queries.map((row) => [row.grpc, row]))

/** Answers `abci_query` from a kept state: a gRPC path of the table, or `/store/{name}/key`, which can be proven. */
export function queryApplication(
  { stores, chainId }: { stores: MultiStore; chainId: string },
  { path, data, height, prove }: QueryInput,
): QueryResult {
  const { version } = stores.latest()
  const row = byPath.get(path)
  const [, name] = /^\/?store\/([a-z]+)\/key$/.exec(path) ?? []
  if (row === undefined && (name === undefined || !storeNames.includes(name))) {
    const log = `unknown query path "${path}"; expected a gRPC method or /store/{${storeNames.join('|')}}/key: unknown request`
    return noAnswer(version, 6, log)
  }
  const at = height === 0n ? version : height
  const earliest = stores.earliest()
  if (at < earliest || at > version) {
    const log = `height ${height} is not kept; ask for ${earliest} to ${version}, or for 0, the newest: invalid height`
    return noAnswer(version, 26, log)
  }
  if (row !== undefined) return answerQuery(row, { state: stateAt(stores, at), chainId, height: at }, data, at)
  return { ...noAnswer(at, 0, ''), key: data, ...readKey(stores, name ?? '', data, at, prove) }
}

/** The newest state comes without a walk over the tree. */
function stateAt(stores: MultiStore, height: bigint): StoreSet {
  return height === stores.latest().version ? stores.scratch() : stores.at(height)
}

function readKey(
  stores: MultiStore,
  name: string,
  key: Uint8Array,
  height: bigint,
  prove: boolean,
): Pick<QueryResult, 'value' | 'proofOps'> {
  const nothing = new Uint8Array()
  if (!prove || height === 0n) return { value: stateAt(stores, height).store(name).get(key) ?? nothing }
  const { value = nothing, ops } = stores.prove(name, key, height)
  return { value, proofOps: ops }
}
