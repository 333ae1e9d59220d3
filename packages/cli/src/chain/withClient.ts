import { createClient } from '@starling/sdk/createClient'
import type { TrustOptions } from '@starling/sdk/proof/createLightClient'
import type { Client } from '@starling/sdk/types'
import type { Globals } from '../globals.ts'

/** Does something with a client of the node that the global options name, and lets go of it. */
export async function withClient<T>(
  { node, rpc, trust = {} }: Pick<Globals, 'node' | 'rpc'> & { readonly trust?: TrustOptions },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = createClient({ url: node, rpc, trust })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
