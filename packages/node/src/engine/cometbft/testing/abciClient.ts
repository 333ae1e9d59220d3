import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Request, Response } from 'cosmjs-types/tendermint/abci/types'
import type { AbciAddress } from '../abciAddress.ts'
import { createFrameReader, frameLength } from '../frames.ts'

/** A side of an ABCI connection as CometBFT's is. */
export type AbciClient = {
  readonly socket: Socket
  /** Sends requests in one write and waits for as many responses. */
  ask(...requests: readonly Request[]): Promise<readonly Response[]>
  /** Resolves when the other side has closed the connection. */
  readonly closed: Promise<unknown>
  end(): void
}

/** One request as a frame. */
export function requestFrame(request: Request): Uint8Array {
  const bytes = Request.encode(request).finish()
  return Buffer.concat([frameLength(bytes.length), bytes])
}

/** Connects to an ABCI server. */
export async function openAbciClient(address: AbciAddress): Promise<AbciClient> {
  const socket = address.kind === 'unix' ? connect(address.path) : connect(address.port, address.host)
  await once(socket, 'connect')
  const reader = createFrameReader(2 ** 27)
  const responses: Response[] = []
  let wake = (): void => undefined
  socket.on('data', (chunk) => {
    for (const frame of reader.push(chunk)) responses.push(Response.decode(frame))
    wake()
  })
  socket.on('error', () => undefined)
  return {
    socket,
    closed: once(socket, 'close'),
    async ask(...requests) {
      socket.write(Buffer.concat(requests.map(requestFrame)))
      while (responses.length < requests.length) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return responses.splice(0, requests.length)
    },
    end: () => socket.destroy(),
  }
}
