import { once } from 'node:events'
import { lstatSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Request, Response } from 'cosmjs-types/tendermint/abci/types'
import type { AbciAddress } from './abciAddress.ts'
import type { AbciHandler } from './abciHandler.ts'
import { createFrameReader, frameLength } from './frames.ts'

/** What an ABCI server answers with, and where. */
export type AbciServerOptions = {
  readonly address: AbciAddress
  readonly handle: AbciHandler
  /** Called once, when `handle` has thrown: nothing is answered any more, and the process should end. */
  readonly onFault: (error: unknown) => void
  /** A connection that was closed because what it sent makes no sense. */
  readonly onBadClient?: (error: unknown) => void
  /** Bytes of one request at most; default 128 MiB, more than CometBFT's largest block. */
  readonly maxFrameBytes?: number
}

/** An ABCI server that listens. */
export type AbciServer = {
  /** With the port that was taken where 0 was asked for. */
  readonly address: AbciAddress
  connections(): number
  close(): Promise<void>
}

const MAX_FRAME_BYTES = 128 * 2 ** 20
const UNKNOWN_REQUEST = 'This request is none of ABCI 2.0. Use CometBFT 0.38.'

/** Serves ABCI 2.0 on a socket. Requests of a connection are answered in order, those of one data event in one write. */
export async function startAbciServer(options: AbciServerOptions): Promise<AbciServer> {
  const sockets = new Set<Socket>()
  let fault: unknown
  const answer = createAnswer(options.handle, (error) => {
    if (fault !== undefined) return
    fault = error
    options.onFault(error)
  })
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serve(socket, answer, options)
  })
  await listen(server, options.address)
  return {
    address: boundAddress(server, options.address),
    connections: () => sockets.size,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

type Answered = { readonly response: Response; readonly failed: boolean }

function createAnswer(handle: AbciHandler, onFault: (error: unknown) => void): (request: Request) => Answered {
  let sentence: string | undefined
  return (request) => {
    if (sentence === undefined) {
      try {
        const response = handle(request)
        if (response !== undefined) return { response, failed: false }
        return { response: { exception: { error: UNKNOWN_REQUEST } }, failed: true }
      } catch (error) {
        sentence = error instanceof Error ? error.message : String(error)
        onFault(error)
      }
    }
    return { response: { exception: { error: sentence } }, failed: true }
  }
}

function serve(socket: Socket, answer: (request: Request) => Answered, options: AbciServerOptions): void {
  const reader = createFrameReader(options.maxFrameBytes ?? MAX_FRAME_BYTES)
  // Whatever becomes of this connection, the others go on.
  socket.on('error', () => socket.destroy())
  socket.on('drain', () => socket.resume())
  socket.on('data', (chunk) => {
    const parts: Uint8Array[] = []
    let over = false
    try {
      for (const frame of reader.push(chunk)) {
        const { response, failed } = answer(Request.decode(frame))
        const bytes = Response.encode(response).finish()
        parts.push(frameLength(bytes.length), bytes)
        over = failed
        if (failed) break
      }
    } catch (error) {
      options.onBadClient?.(error)
      over = true
    }
    if (parts.length > 0 && !socket.write(Buffer.concat(parts))) socket.pause()
    if (!over) return
    socket.removeAllListeners('data')
    socket.end()
    socket.resume()
  })
}

async function listen(server: Server, address: AbciAddress): Promise<void> {
  if (address.kind === 'unix') await removeStaleSocket(address.path)
  const where = address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port }
  server.listen(where)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const place = address.kind === 'unix' ? address.path : `${address.host}:${address.port}`
    throw new Error(`ABCI cannot be served at ${place} (${code}). Choose another with --abci.`, { cause: error })
  }
}

/** A process that was killed leaves its socket file behind; one that somebody listens at is left alone. */
async function removeStaleSocket(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined || !found.isSocket()) return
  const probe = connect(path)
  try {
    await once(probe, 'connect')
  } catch {
    unlinkSync(path)
  } finally {
    probe.destroy()
  }
}

function boundAddress(server: Server, address: AbciAddress): AbciAddress {
  const bound = server.address()
  return address.kind === 'tcp' && bound !== null && typeof bound === 'object'
    ? { ...address, port: bound.port }
    : address
}
