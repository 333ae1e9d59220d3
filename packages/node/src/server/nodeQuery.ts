import type { Application } from '../app/application.ts'
import type { Query } from '../app/query.ts'
import type { LocalEngine } from '../engine/local/localEngine.ts'

/** What the servers read: the engine's blocks, transactions and mempool, and the application's state. */
export type NodeContext = { readonly engine: LocalEngine; readonly application: Application }

/** A row of the table that needs more than the state. A `POST` row takes its request from a JSON body. */
export type NodeQuery = Query<NodeContext> & { readonly method: 'GET' | 'POST' }
