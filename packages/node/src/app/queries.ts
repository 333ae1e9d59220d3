import { epochQueries } from '../epoch/queries.ts'
import { authQueries } from '../modules/auth/queries.ts'
import { bankQueries } from '../modules/bank/queries.ts'
import { feesQueries } from '../modules/fees/queries.ts'
import { readTerms } from '../modules/mint/needs.ts'
import { mintQueries } from '../modules/mint/queries.ts'
import type { Query } from './query.ts'

/** Every query of the state, in the order of the modules. A new query is one row in its module's `queries.ts`. */
export const queries: readonly Query[] = [
  ...authQueries,
  ...bankQueries,
  ...feesQueries,
  ...mintQueries(readTerms),
  ...epochQueries,
]
