import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { acquireLock } from '@starling/node/store/lockFile'
import { StoreError } from '@starling/node/store/storeError'
import type { Journal } from '@starling/services/shared/journal'
import { openJournal } from '@starling/services/shared/openJournal'
import { localChain } from '../chain/localChain.ts'
import { CliError } from '../cliError.ts'

/** Whose journal it is, and where it lies unless `file` says so. */
export type ActorJournalOptions = {
  readonly home: string
  readonly chainId: string
  readonly address: string
  readonly file: string | undefined
}

/**
 * The journal of one account on one chain, which remembers what was submitted so that a restart submits nothing twice. It
 * is locked: one process at a time acts as an account. That of the local network goes away with the network.
 */
export async function openActorJournal(options: ActorJournalOptions): Promise<Journal> {
  const file = resolve(options.file ?? defaultFile(options))
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const release = lock(file, options.address)
  try {
    const journal = await openJournal(file)
    return {
      ...journal,
      async close() {
        await journal.close()
        // It is gone with the local network where that was reset.
        if (existsSync(`${file}.lock`)) release()
      },
    }
  } catch (error) {
    release()
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(3, `The journal cannot be used: ${reason.replace(/\.?$/, '.')}`, { cause: error })
  }
}

function defaultFile({ home, chainId, address }: ActorJournalOptions): string {
  const folder = localChain(home, chainId)?.directory ?? join(home, chainId)
  return join(folder, 'journals', `${address}.jsonl`)
}

function lock(file: string, address: string): () => void {
  try {
    return acquireLock(`${file}.lock`)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    throw new CliError(
      2,
      `Another process acts as ${address} already (its lock is ${file}.lock). Stop it, or act as somebody else with --from NAME or --key NAME.`,
      { cause: error },
    )
  }
}
