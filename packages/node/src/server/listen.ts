import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Where a server listens, and the flag of the command line that sets the port. */
export type Place = { readonly host: string; readonly port: number; readonly flag: string }

const reasons: Readonly<Record<string, (place: Place) => string>> = {
  EADDRINUSE: ({ host, port, flag }) =>
    `Port ${port} on ${host} is taken by another program. Stop it, or choose another port with ${flag}.`,
  EACCES: ({ host, port, flag }) =>
    `Port ${port} on ${host} is not allowed to this user. Choose a port from 1024 on with ${flag}.`,
  EADDRNOTAVAIL: ({ host }) => `${host} is no address of this machine. Listen on 127.0.0.1 or on one that is.`,
}

/** Starts to listen (port 0 = any free one) and returns the URL; what the system refuses is an error that says what to do. */
export async function listen(app: FastifyInstance, place: Place): Promise<string> {
  try {
    await app.listen({ host: place.host, port: place.port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = reasons[code]
    throw reason === undefined ? error : new Error(reason(place), { cause: error })
  }
  // Fastify listens on TCP, which has an address of this form.
  const { port } = app.server.address() as AddressInfo
  return `http://${place.host.includes(':') ? `[${place.host}]` : place.host}:${port}`
}
