import { createClient } from '@starling/sdk/createClient'
import { createSender } from '@starling/sdk/sender/createSender'
import type { Client, Sender } from '@starling/sdk/types'
import type { Journal } from '@starling/services/shared/journal'
import type { Log } from '@starling/services/shared/log'
import type { TopicFacts } from '@starling/services/shared/readTopic'
import { chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { findTopic } from '../chain/findTopic.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { createPatron } from './createPatron.ts'
import { openActorJournal } from './openActorJournal.ts'
import { terminalLog } from './terminalLog.ts'

/** What every daemon of the command line is started with. */
export type DaemonGiven = Globals & {
  readonly io: Io
  /** Id or name. */
  readonly topic: string
  readonly signer: Signer
  readonly journal: string | undefined
  /** Results after which it ends by itself; undefined = never. */
  readonly epochs: number | undefined
  readonly stop: AbortSignal
}

/** What a daemon works with. */
export type Daemon = {
  readonly client: Client
  readonly sender: Sender
  readonly facts: TopicFacts
  readonly journal: Journal
  readonly log: Log
  /** Sees to the coins of an account of the local network; nothing elsewhere. */
  readonly support: () => Promise<void>
  close(): Promise<void>
}

/**
 * Finds the topic, the account and its journal. Without `--key`, on the local network, the account is `own-<topic>-<name>`:
 * each of the user's models is an account of its own. The dev account pays for it, `stake` uallo on top of the first gift.
 */
export async function openDaemon(
  given: DaemonGiven,
  { name, stake }: { readonly name: string; readonly stake: bigint },
): Promise<Daemon> {
  const { io, home } = given
  const client = createClient({ url: given.node, rpc: given.rpc })
  try {
    const { facts, id } = await findTopic(client, given.topic)
    const account = await chooseAccount({ io, client, home }, given.signer, `own-${id}-${name}`)
    const { address } = account.wallet
    const chainId = await client.chainId()
    const journal = await openActorJournal({ home, chainId, address, file: given.journal })
    const log = terminalLog(io)
    log.info(`Acts as ${account.name}, ${address}, in topic ${id} (${facts.name}) of ${chainId}. Ctrl-C ends it.`)
    const { dev } = account
    const patron = dev === undefined ? undefined : createPatron({ client, dev, address, extra: stake, log })
    await patron?.support()
    return {
      client,
      sender: createSender({ client, wallet: account.wallet }),
      facts,
      journal,
      log,
      support: async () => patron?.support(),
      async close() {
        await journal.close()
        await client.close()
      },
    }
  } catch (error) {
    await client.close()
    throw error
  }
}
