import type { Client } from '@starling/sdk/types'
import { useEffect, useState } from 'preact/hooks'

/** What a page has heard of new blocks. */
export type Heard = {
  readonly height: bigint | undefined
  /** When the newest block was heard of, in milliseconds since 1970. */
  readonly atMs: number
  /** Why nothing more will be heard. */
  readonly lost: string | undefined
}

/** Follows the blocks of a client, over cuts of the connection, as long as it is drawn. */
export function useHeight(client: Client): Heard {
  const [heard, setHeard] = useState<Heard>({ height: undefined, atMs: Date.now(), lost: undefined })
  useEffect(() => {
    let left = false
    setHeard({ height: undefined, atMs: Date.now(), lost: undefined })
    const follow = async (): Promise<void> => {
      for await (const { height } of client.blocks()) {
        if (left) return
        setHeard({ height, atMs: Date.now(), lost: undefined })
      }
    }
    follow().catch((error: unknown) => {
      const lost = error instanceof Error ? error.message : String(error)
      if (!left) setHeard((old) => ({ ...old, lost }))
    })
    return () => {
      left = true
    }
  }, [client])
  return heard
}
