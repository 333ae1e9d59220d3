import { StarlingError } from '@starling/sdk/starlingError'
import type { BlockNotice, Client } from '@starling/sdk/types'
import { CliError } from '../cliError.ts'

/** A look at the chain that lasts as long as the client. */
export type ChainWatch = {
  /** Aborts when another chain answers than before, as after a reset of the local network. */
  readonly lost: AbortSignal
  /** Throws a `CliError` 3 where the chain was lost. */
  check(): void
}

/** Hands every block on until the client is closed. A node that is away is waited for. */
export function watchChain(client: Client, onBlock: (block: BlockNotice) => Promise<void>): ChainWatch {
  const losing = new AbortController()
  let fault: unknown
  const follow = async (): Promise<void> => {
    try {
      for await (const block of client.blocks()) await onBlock(block)
    } catch (error) {
      fault = error
      losing.abort()
    }
  }
  void follow()
  return {
    lost: losing.signal,
    check() {
      if (fault === undefined) return
      if (!(fault instanceof StarlingError)) throw fault
      throw new CliError(3, `${fault.message} This one has ended; start it again.`, { cause: fault })
    },
  }
}
