/** What the SDK needs of a WebSocket, the browser's, Node's or that of `ws`. */
export interface Socket {
  send(text: string): void
  close(): void
}

/** What a socket tells; `closed` comes exactly once, also where it never opened. */
export type SocketEvents = {
  readonly opened: () => void
  readonly received: (text: string) => void
  readonly closed: () => void
}

type SocketLike = {
  addEventListener(type: string, listener: (event: { readonly type: string }) => void): void
  send(text: string): void
  close(): void
  /** Only `ws` has it: ends at once, where `close` would wait for a peer that may be gone. */
  terminate?: () => void
}

/** Opens a WebSocket with the platform's own class, or with the `ws` package where there is none (Node.js 20). */
export async function openSocket(url: string, events: SocketEvents): Promise<Socket> {
  const socket = await makeSocket(url)
  let over = false
  const closed = (): void => {
    if (over) return
    over = true
    events.closed()
  }
  socket.addEventListener('open', () => events.opened())
  socket.addEventListener('message', (event) => {
    if (!over && 'data' in event && typeof event.data === 'string') events.received(event.data)
  })
  socket.addEventListener('close', closed)
  socket.addEventListener('error', closed)
  return {
    send: (text) => socket.send(text),
    close() {
      if (socket.terminate === undefined) socket.close()
      else socket.terminate()
      closed()
    },
  }
}

async function makeSocket(url: string): Promise<SocketLike> {
  if (typeof WebSocket !== 'undefined') return new WebSocket(url)
  const { WebSocket: PackagedSocket } = await import('ws')
  return new PackagedSocket(url)
}
