import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Scope } from './scope.ts'

/** A line to a server that can be cut. */
export type TcpProxy = {
  readonly url: string
  /** Breaks every connection, and refuses new ones until `mend`. */
  cut(): void
  mend(): void
}

/** Listens on a free port and passes everything on to the server at `target`. */
export async function startTcpProxy(scope: Scope, target: string): Promise<TcpProxy> {
  const { hostname: host, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => other.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      other.destroy()
    })
  }
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect({ host, port: Number(port) })
    keep(near, far)
    keep(far, near)
    near.pipe(far).pipe(near)
  })
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.defer(() => {
    const closed = new Promise((resolve) => server.close(resolve))
    breakAll()
    return closed
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut() {
      isCut = true
      breakAll()
    },
    mend() {
      isCut = false
    },
  }
}
