import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { LOOPBACK } from './freePorts.ts'

/** A port of this machine behind which a port of one node is. */
export type Relay = {
  readonly url: string
  /** Ends all connections: who was connected finds the node that is the right one now. */
  drop(): void
  close(): Promise<void>
}

/** Hands each new connection to the port that is named at that moment; without one it is refused. */
export async function startRelay(portNow: () => number | undefined): Promise<Relay> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket, other: () => Socket | undefined): void => {
    sockets.add(socket)
    socket.once('error', () => socket.destroy())
    socket.once('close', () => {
      sockets.delete(socket)
      other()?.destroy()
    })
  }
  const server = createServer((client) => {
    const port = portNow()
    const node = port === undefined ? undefined : connect(port, LOOPBACK)
    keep(client, () => node)
    if (node === undefined) {
      client.destroy()
      return
    }
    keep(node, () => client)
    client.pipe(node).pipe(client)
  })
  server.listen(0, LOOPBACK)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    drop,
    async close() {
      const closed = once(server, 'close')
      server.close()
      drop()
      await closed
    },
  }
}
