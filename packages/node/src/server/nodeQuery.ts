import type { Application } from '../app/application.ts'
import type { Query } from '../app/query.ts'
import type { LocalEngine } from '../engine/local/localEngine.ts'
import type { ChainView } from './chainView.ts'

/** What the RPC server reads: the engine's blocks, transactions and mempool, and the application's state. */
export type NodeContext = { readonly engine: LocalEngine; readonly application: Application }

/** What the REST server reads, under any engine. */
export type ChainContext = { readonly engine: ChainView; readonly application: Application }

/** A row of the table that needs more than the state. A `POST` row takes its request from a JSON body. */
export type NodeQuery = Query<ChainContext> & { readonly method: 'GET' | 'POST' }
