import type { SaltSource } from '@starling/sdk/sealed/sealing'
import type { Client, Sender } from '@starling/sdk/types'
import type { Journal } from './journal.ts'
import type { Log } from './log.ts'
import type { Timers } from './timers.ts'

/** What every daemon is started with. */
export type DaemonOptions = {
  readonly client: Client
  /** The account it acts as. */
  readonly sender: Sender
  readonly topicId: bigint
  readonly log: Log
  /** Default: one that ends with the process. */
  readonly journal?: Journal
  readonly timers?: Timers
  /** Salts of sealed submissions; default random ones. Whoever can guess them can read commitments. */
  readonly saltOf?: SaltSource | undefined
}
