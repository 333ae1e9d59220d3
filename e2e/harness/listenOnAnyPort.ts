import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Scope } from './scope.ts'

/** Listens on a free port of this machine until the scope closes; returns the address. */
export async function listenOnAnyPort(scope: Scope, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.defer(() => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    return closed
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return `http://127.0.0.1:${address.port}`
}
